package dev.fogline.benchmarks;

import dev.fogline.benchmarks.load.Generator;
import dev.fogline.benchmarks.load.Loop;
import dev.fogline.benchmarks.load.Measurement;
import dev.fogline.benchmarks.load.Script;
import dev.fogline.benchmarks.load.ScriptedUpstream;
import dev.fogline.benchmarks.load.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./fogline bench profile}: where the gateway's time goes under full load, by JDK Flight Recorder. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "Samples the gateway under full load on one core and prints where time and memory go.")
final class ProfileCommand implements Callable<Integer> {
    /** Else what is compiled into another method counts as that of the next place at which the JVM could stop. */
    private static final String[] PRECISE = {"-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"};

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "35",
            description = "Default: ${DEFAULT-VALUE}.")
    private int warmUp = 35;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds = 20;

    @Option(names = "--stream", description = "Streamed answers instead of whole ones.")
    private boolean stream;

    @Mixin
    private final Measured measured = new Measured();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Project project = Project.here();
        Cores cores = Cores.ofThisMachine();
        Files.createDirectories(project.work());
        Path recording = project.work().resolve("profile.jfr");
        Files.deleteIfExists(recording);
        cores.pinThisProcess();
        try (Loop loop = new Loop()) {
            ScriptedUpstream upstream = ScriptedUpstream.start(loop);
            try (RunningServer gateway = RunningServer.start(
                    measured.server(project.root()).with(PRECISE),
                    cores.onServerCore(),
                    project.work(),
                    upstream.port())) {
                gateway.awaitFirstAnswer(Prompt.ORDINARY.whole(Servers.TARGET), Duration.ofSeconds(30));
                load(loop, upstream, gateway, warmUp);
                gateway.dropLog();
                jcmd(gateway, "JFR.configure", "stackdepth=256");
                jcmd(
                        gateway,
                        "JFR.start",
                        "name=bench",
                        "settings=profile",
                        "jdk.CPUTimeSample#enabled=true",
                        "jdk.CPUTimeSample#throttle=2ms");
                Threads before = Threads.of(gateway.pid());
                Measurement seen = load(loop, upstream, gateway, seconds);
                Threads after = Threads.of(gateway.pid());
                jcmd(gateway, "JFR.stop", "name=bench", "filename=" + recording);
                gateway.dropLog();
                System.out.printf(
                        "%.0f answers/s, %.1f µs of CPU time each (while sampled)%n%n%s%n",
                        seen.perSecond(),
                        seen.serverMicros(),
                        after.since(before).text());
                System.out.println(Profile.of(recording).text());
                System.out.println(Allocation.of(recording)
                        .text(seen.perSecond() * (seconds + Settings.SHORT_WARM_UP.toMillis() / 1e3)));
            }
        }
        return 0;
    }

    private Measurement load(Loop loop, ScriptedUpstream upstream, RunningServer gateway, int forSeconds) {
        Script script = stream ? Script.stream() : Script.whole();
        String body = stream
                ? measured.prompt().stream(Servers.TARGET)
                : measured.prompt().whole(Servers.TARGET);
        return Generator.run(
                loop,
                upstream,
                Workload.saturating(
                        gateway.port(),
                        script,
                        body,
                        Settings.CONNECTIONS,
                        Settings.SHORT_WARM_UP,
                        Duration.ofSeconds(Math.clamp(forSeconds, 1, 120))),
                gateway::usage);
    }

    private static void jcmd(RunningServer gateway, String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(gateway.pid())));
        whole.addAll(List.of(command));
        Process process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("jcmd " + command[0] + " failed");
        }
    }
}
