package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./fogline bench jmh}: the parts, each alone. */
@Command(
        name = "jmh",
        mixinStandardHelpOptions = true,
        description =
                "One decision, the reader of a request, the detectors, a record of what leaves: microseconds each, by JMH.")
final class MicroCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "REGEX",
            defaultValue = ".*",
            description = "Which benchmarks (default: all).")
    private String which = ".*";

    @Option(names = "--trial", description = "A quick run without a file.")
    private boolean trial;

    @Override
    public Integer call() throws IOException, RunnerException {
        Project project = Project.here();
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        var options = new OptionsBuilder()
                .include("dev\\.fogline\\.benchmarks\\.micro\\..*" + which)
                .forks(trial ? 1 : 2)
                .warmupIterations(trial ? 1 : 3)
                .measurementIterations(trial ? 1 : 5)
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1))
                .timeUnit(TimeUnit.MICROSECONDS)
                .jvmArgsAppend("-XX:+UseSerialGC", "-Xmx256m")
                .addProfiler("gc");
        Options built = trial
                ? options.build()
                : options.resultFormat(ResultFormatType.JSON)
                        .result(project.result(now, "jmh", "json").toString())
                        .build();
        String page = page(
                now,
                Machine.here(project.root(), Runtime.getRuntime().availableProcessors()),
                project.command(),
                new Runner(built).run());
        System.out.println(page);
        if (!trial) {
            Path file = project.result(now, "jmh", "md");
            Files.writeString(file, page);
            Path details = project.result(now, "jmh", "json");
            // JMH notes the whole command line; where things lie on this machine is nobody's business.
            Files.writeString(
                    details,
                    Files.readString(details)
                            .replace(System.getProperty("java.home"), "$JAVA_HOME")
                            .replace(project.root().toString(), "."));
            System.out.println("Written to " + file + " and the .json beside it.");
        }
        return 0;
    }

    private static String page(LocalDateTime now, Machine machine, String command, Collection<RunResult> results) {
        var page = new StringBuilder("# JMH: the parts of a request, " + now.toLocalDate() + "\n\n");
        page.append("Machine: ")
                .append(machine.cpu())
                .append(", ")
                .append(machine.cores())
                .append(" cores; ");
        page.append(machine.system()).append("; JDK ").append(machine.jdk()).append("; commit ");
        page.append(machine.commit()).append("; command `").append(command).append("`.\n\n");
        page.append("| part | µs | ± (99.9 %) | bytes allocated |\n|---|---|---|---|\n");
        for (RunResult run : results) {
            Result<?> score = run.getPrimaryResult();
            Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
            String[] name = run.getParams().getBenchmark().split("\\.", -1);
            page.append(String.format(
                    Locale.ROOT,
                    "| %s.%s%s | %.3g | %.2g | %s |%n",
                    name[name.length - 2],
                    name[name.length - 1],
                    run.getParams().getParamsKeys().stream()
                            .map(key -> " " + run.getParams().getParam(key))
                            .reduce("", String::concat),
                    score.getScore(),
                    score.getScoreError(),
                    allocated == null ? "" : String.format(Locale.ROOT, "%,.0f", allocated.getScore())));
        }
        return page.toString();
    }
}
