package dev.fogline.benchmarks;

import dev.fogline.benchmarks.load.Generator;
import dev.fogline.benchmarks.load.Loop;
import dev.fogline.benchmarks.load.Measurement;
import dev.fogline.benchmarks.load.Script;
import dev.fogline.benchmarks.load.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.HdrHistogram.DoubleHistogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./fogline bench compare}: what a change did, seen beside the state before it. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Measures this checkout's gateway beside that of another checkout, both running, on the same core in turns,"
                    + " and prints CPU time per answer and per streamed answer, this one's over the other's.",
            "Both must have been built; trained caches are used where they are."
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "CHECKOUT",
            description = "The other one, for instance a git worktree of the commit before.")
    private Path other = Path.of("");

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Full load on each before anything counts (default: ${DEFAULT-VALUE}).")
    private int warmUp = 60;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds = 10;

    @Mixin
    private final Measured measured = new Measured();

    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final int WARM_UP_TURNS = 3;
    private static final Map<String, Script> ANSWERS =
            new TreeMap<>(Map.of("streamed", Script.stream(), "whole", Script.whole()));

    @Override
    public Integer call() throws IOException, InterruptedException {
        Project project = Project.here();
        Cores cores = Cores.ofThisMachine();
        Files.createDirectories(project.work());
        cores.pinThisProcess();
        Duration each = Duration.ofSeconds(Math.clamp(warmUp, 1, 300));
        try (Loop loop = new Loop()) {
            ScriptedUpstream upstream = ScriptedUpstream.start(loop);
            try (RunningServer there = start("there", other.toAbsolutePath().normalize(), cores, project, upstream);
                    RunningServer here = start("here", project.root(), cores, project, upstream)) {
                List<Way> ways = List.of(way(there, each), way(here, each));
                warmUp(loop, upstream, ways);
                print(compare(loop, upstream, ways));
            }
        }
        return 0;
    }

    private RunningServer start(String name, Path root, Cores cores, Project project, ScriptedUpstream upstream)
            throws IOException, InterruptedException {
        Server gateway = measured.server(root);
        RunningServer started = RunningServer.start(
                new Server(name, gateway.version(), gateway.recipe()),
                cores.onServerCore(),
                project.work(),
                upstream.port());
        started.awaitFirstAnswer(Prompt.ORDINARY.whole(Servers.TARGET), Duration.ofSeconds(30));
        return started;
    }

    private Way way(RunningServer server, Duration warmUp) {
        return new Way(server.name(), server.port(), server, warmUp)
                .with(server.name(), Servers.TARGET, measured.prompt());
    }

    private static void warmUp(Loop loop, ScriptedUpstream upstream, List<Way> ways) throws IOException {
        System.out.println("  warming up both");
        for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
            for (Way way : ways) {
                for (Script answer : ANSWERS.values()) {
                    run(loop, upstream, way, answer, way.warmUp().dividedBy(2 * WARM_UP_TURNS));
                }
            }
        }
    }

    /** CPU time per answer, this over the other, of each round. */
    private Map<String, DoubleHistogram> compare(Loop loop, ScriptedUpstream upstream, List<Way> ways)
            throws IOException {
        Map<String, DoubleHistogram> ratios = new TreeMap<>();
        for (int round = 1; round <= Math.clamp(rounds, 1, 100); round++) {
            for (String kind : ANSWERS.keySet()) {
                List<Way> order = round % 2 == 0 ? ways : ways.reversed();
                double[] seen = new double[2];
                for (Way way : order) {
                    seen[ways.indexOf(way)] =
                            run(loop, upstream, way, ANSWERS.get(kind), WINDOW).serverMicros();
                }
                ratios.computeIfAbsent(kind, first -> new DoubleHistogram(3)).recordValue(seen[1] / seen[0]);
                System.out.printf("  round %d, %s: %.1f µs there, %.1f µs here%n", round, kind, seen[0], seen[1]);
            }
        }
        return ratios;
    }

    private static Measurement run(Loop loop, ScriptedUpstream upstream, Way way, Script answer, Duration window)
            throws IOException {
        Measurement seen = Generator.run(loop, upstream, way.saturating(answer, window), way.usage());
        if (way.server() != null) {
            way.server().dropLog();
        }
        return seen;
    }

    private static void print(Map<String, DoubleHistogram> ratios) {
        ratios.forEach((kind, seen) -> System.out.printf(
                "CPU time of an answer, %s: %.3f of the other's (quartiles %.3f and %.3f)%n",
                kind, seen.getValueAtPercentile(50), seen.getValueAtPercentile(25), seen.getValueAtPercentile(75)));
    }
}
