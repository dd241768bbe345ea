package dev.fogline.benchmarks;

import dev.fogline.benchmarks.load.Generator;
import dev.fogline.benchmarks.load.Loop;
import dev.fogline.benchmarks.load.Measurement;
import dev.fogline.benchmarks.load.Script;
import dev.fogline.benchmarks.load.ScriptedUpstream;
import dev.fogline.benchmarks.load.ServerUsage;
import dev.fogline.benchmarks.load.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run, top to bottom: the starts, the warm-up, the rounds. In a round each kind of measurement goes over all ways
 * before the next kind begins, every other round backwards, so that what a shared machine does meanwhile hits all of them.
 */
final class LoadRun {
    static final String DIRECT = "direct";
    static final String NGINX = "nginx";
    private static final String AUTO = "auto";
    private static final Duration PEERS_WARM_UP = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MIB = 1 << 20;

    private final Settings settings;
    private final Cores cores;
    private final Path work;
    private final PrintStream progress;
    private final Figures figures = new Figures();
    private final List<RunningServer> running = new ArrayList<>();

    /** A way from the generator to the upstream. */
    private record Way(
            String name, int port, String model, @Nullable RunningServer server, Duration warmUp) {
        Supplier<ServerUsage> usage() {
            return server == null ? () -> ServerUsage.NONE : server::usage;
        }
    }

    /** What a run found, and how quiet the machine was. */
    record Result(Figures figures, double otherCores, double stolenCores) {}

    LoadRun(Settings settings, Cores cores, Path work, PrintStream progress) {
        this.settings = settings;
        this.cores = cores;
        this.work = work;
        this.progress = progress;
    }

    /** @param fogline is measured with a pinned target and with {@code auto}; the others as they are */
    Result of(Server fogline, List<Server> peers) throws IOException, InterruptedException {
        Files.createDirectories(work);
        cores.pinThisProcess();
        try (Loop loop = new Loop()) {
            ScriptedUpstream upstream = ScriptedUpstream.start(loop);
            List<Server> servers = new ArrayList<>(peers);
            servers.add(fogline);
            starts(servers, upstream);
            List<Way> ways = new ArrayList<>(List.of(new Way(
                    DIRECT,
                    upstream.port(),
                    Servers.TARGET,
                    null,
                    settings.warmUp().dividedBy(3))));
            for (Server server : servers) {
                RunningServer started = RunningServer.start(server, cores.onServerCore(), work, upstream.port());
                running.add(started);
                started.awaitFirstAnswer(Bodies.whole(Servers.TARGET), PATIENCE);
                if (server.equals(fogline)) {
                    ways.add(new Way(server.name(), started.port(), Servers.TARGET, started, settings.warmUp()));
                    ways.add(new Way(server.name() + ", auto", started.port(), AUTO, started, PEERS_WARM_UP));
                } else {
                    ways.add(new Way(server.name(), started.port(), Servers.TARGET, started, PEERS_WARM_UP));
                }
            }
            for (Way way : ways) {
                warmUp(loop, upstream, way);
            }
            return rounds(loop, upstream, ways);
        } finally {
            running.forEach(RunningServer::close);
        }
    }

    private void starts(List<Server> servers, ScriptedUpstream upstream) throws IOException, InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Server server : servers) {
                say("start " + round + ": " + server.name());
                try (var started = RunningServer.start(server, cores.onAllCores(), work, upstream.port())) {
                    Duration took = started.awaitFirstAnswer(Bodies.whole(Servers.TARGET), PATIENCE);
                    Thread.sleep(1_000);
                    figures.add(server.name(), Metric.START, took.toNanos() / 1e6);
                    figures.add(server.name(), Metric.RSS_IDLE, started.usage().rssBytes() / (double) MIB);
                }
            }
        }
    }

    /** Going direct warms the generator. */
    private void warmUp(Loop loop, ScriptedUpstream upstream, Way way) throws IOException {
        say("warm-up: " + way.name());
        Duration half = way.warmUp().dividedBy(2);
        run(loop, upstream, way, saturating(way, Script.whole(), half));
        run(loop, upstream, way, saturating(way, Script.stream(), half));
    }

    private Result rounds(Loop loop, ScriptedUpstream upstream, List<Way> ways) throws IOException {
        double rate = settings.rate().orElseGet(() -> rate(loop, upstream, ways));
        Neighbours before = Neighbours.now();
        long ownBefore = ownNanos();
        for (int round = 1; round <= settings.rounds(); round++) {
            List<Way> order = round % 2 == 1 ? ways : ways.reversed();
            for (Kind kind : kinds(rate)) {
                for (Way way : order.stream().filter(kind.ways).toList()) {
                    say("round " + round + ", " + kind.name + ": " + way.name());
                    kind.measurement.of(loop, upstream, way);
                    if (way.server() != null) {
                        way.server().dropLog();
                    }
                }
            }
        }
        Neighbours during = Neighbours.now().since(before);
        return new Result(figures, during.coresBesides(ownNanos() - ownBefore), during.coresStolen());
    }

    private interface OneMeasurement {
        void of(Loop loop, ScriptedUpstream upstream, Way way) throws IOException;
    }

    private record Kind(String name, OneMeasurement measurement, Predicate<Way> ways) {}

    private List<Kind> kinds(double rate) {
        Predicate<Way> all = way -> true;
        // What the choice costs does not depend on how many streams are open.
        Predicate<Way> pinned = way -> !way.model().equals(AUTO);
        return List.of(
                new Kind("requests", this::requests, all),
                new Kind("latency", (loop, upstream, way) -> latency(loop, upstream, way, rate), all),
                new Kind("streams", this::streams, all),
                new Kind("first chunk", this::firstChunk, pinned),
                new Kind(
                        Settings.FEWER_STREAMS + " open streams",
                        (loop, upstream, way) -> openStreams(loop, upstream, way, Settings.FEWER_STREAMS),
                        pinned),
                new Kind(
                        Settings.MORE_STREAMS + " open streams",
                        (loop, upstream, way) -> openStreams(loop, upstream, way, Settings.MORE_STREAMS),
                        pinned));
    }

    private double rate(Loop loop, ScriptedUpstream upstream, List<Way> ways) {
        return ways.stream()
                .filter(way -> way.name().equals(NGINX))
                .mapToDouble(way -> run(loop, upstream, way, saturating(way, Script.whole(), settings.window()))
                        .perSecond())
                .map(most -> Math.floor(most / 3 / 100) * 100)
                .map(third -> Math.clamp(third, 100, Settings.HIGHEST_RATE))
                .findFirst()
                .orElse(Settings.HIGHEST_RATE);
    }

    private void requests(Loop loop, ScriptedUpstream upstream, Way way) {
        Measurement seen = run(loop, upstream, way, saturating(way, Script.whole(), settings.window()));
        add(way, Metric.REQUESTS, seen.perSecond());
        add(way, Metric.LOAD_CPU, seen.loadShare() * 1e6 / seen.perSecond());
        if (way.server() != null) {
            add(way, Metric.CPU_PER_REQUEST, seen.serverMicros());
            add(way, Metric.BUSY, seen.serverShare());
        }
        add(way, Metric.FAILURES, (double) seen.failures());
    }

    private void latency(Loop loop, ScriptedUpstream upstream, Way way, double rate) {
        Measurement seen = run(
                loop,
                upstream,
                way,
                Workload.atRate(
                        way.port(),
                        Script.whole(),
                        Bodies.whole(way.model()),
                        Settings.CONNECTIONS,
                        rate,
                        Settings.SHORT_WARM_UP,
                        settings.window()));
        add(way, Metric.RATE, seen.perSecond());
        add(way, Metric.P50, seen.latencyMicros(50));
        add(way, Metric.P99, seen.latencyMicros(99));
        add(way, Metric.FAILURES, (double) seen.failures());
    }

    private void streams(Loop loop, ScriptedUpstream upstream, Way way) {
        Measurement seen = run(loop, upstream, way, saturating(way, Script.stream(), settings.window()));
        add(way, Metric.EVENTS, seen.eventsPerSecond());
        if (way.server() != null) {
            add(way, Metric.CPU_PER_EVENT, seen.serverMicros() / Script.stream().events());
            add(way, Metric.EVENTS_BUSY, seen.serverShare());
        }
        add(way, Metric.FAILURES, (double) seen.failures());
        add(way, Metric.LOST, (double) seen.lostEvents());
    }

    private void firstChunk(Loop loop, ScriptedUpstream upstream, Way way) {
        Measurement seen = run(
                loop,
                upstream,
                way,
                Workload.atRate(
                        way.port(),
                        Script.stream(),
                        Bodies.stream(way.model()),
                        Settings.CONNECTIONS,
                        Settings.STREAM_RATE,
                        Settings.SHORT_WARM_UP,
                        settings.window()));
        add(way, Metric.FIRST_CHUNK_P50, seen.firstChunkMicros(50));
        add(way, Metric.FIRST_CHUNK_P99, seen.firstChunkMicros(99));
        add(way, Metric.FAILURES, (double) seen.failures());
        add(way, Metric.LOST, (double) seen.lostEvents());
    }

    private void openStreams(Loop loop, ScriptedUpstream upstream, Way way, int streams) {
        Script script = Script.slowStream(Settings.PACE);
        Measurement seen = run(
                loop,
                upstream,
                way,
                Workload.openStreams(
                        way.port(),
                        script,
                        Bodies.stream(way.model()),
                        streams,
                        Duration.ofSeconds(1),
                        Settings.PACE.multipliedBy(40)));
        boolean more = streams == Settings.MORE_STREAMS;
        if (way.server() != null) {
            add(way, more ? Metric.RSS_1000 : Metric.RSS_512, seen.rssBytes() / (double) MIB);
        }
        if (more) {
            if (way.server() != null) {
                add(way, Metric.CPU_1000, seen.serverShare());
            }
            add(way, Metric.GAP_P99_1000, seen.gapMicros(99) / 1e3);
        }
        add(way, Metric.LOST, (double) seen.lostEvents());
        add(way, Metric.STALLS, (double) seen.stalls());
        add(way, Metric.FAILURES, (double) seen.failures());
    }

    private Workload saturating(Way way, Script script, Duration window) {
        return Workload.saturating(
                way.port(),
                script,
                script.events() > 1 ? Bodies.stream(way.model()) : Bodies.whole(way.model()),
                Settings.CONNECTIONS,
                Settings.SHORT_WARM_UP,
                window);
    }

    private Measurement run(Loop loop, ScriptedUpstream upstream, Way way, Workload load) {
        return Generator.run(loop, upstream, load, way.usage());
    }

    private void add(Way way, Metric metric, double value) {
        figures.add(way.name(), metric, value);
    }

    /** What this run has used so far: its own process and the servers that still run. */
    private long ownNanos() throws IOException {
        long own = RunningServer.cpuNanos(Files.readString(Path.of("/proc/self/stat")));
        return own
                + running.stream()
                        .mapToLong(server -> server.usage().cpuNanos())
                        .sum();
    }

    private void say(String what) {
        progress.println("  " + what);
    }
}
