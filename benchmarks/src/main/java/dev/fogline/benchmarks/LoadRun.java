package dev.fogline.benchmarks;

import dev.fogline.benchmarks.load.Generator;
import dev.fogline.benchmarks.load.Loop;
import dev.fogline.benchmarks.load.Measurement;
import dev.fogline.benchmarks.load.Script;
import dev.fogline.benchmarks.load.ScriptedUpstream;
import dev.fogline.benchmarks.load.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run, top to bottom: the starts, the warm-up, the rounds. In a round each kind of measurement goes over all ways
 * before the next kind begins, every other round backwards, so that what a shared machine does meanwhile hits all of them.
 */
final class LoadRun {
    static final String DIRECT = "direct";
    static final String NGINX = "nginx";
    private static final String AUTO = "auto";
    private static final Duration PEERS_WARM_UP = Duration.ofSeconds(2);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final int WARM_UP_TURNS = 3;
    private static final int MOST_ATTEMPTS = 3;
    private static final double MIB = 1 << 20;

    private final Settings settings;
    private final Cores cores;
    private final Path work;
    private final PrintStream progress;
    private final Loop loop;
    private final ScriptedUpstream upstream;
    private final Pace pace = Pace.ofThisMachine();
    private final Figures figures = new Figures(pace);
    private final List<RunningServer> running = new ArrayList<>();
    private final Patience patience;

    /** What a run found, and how quiet the machine was. */
    record Result(Figures figures, double otherCores, double stolenCores) {}

    private LoadRun(Settings settings, Cores cores, Path work, PrintStream progress, Loop loop) throws IOException {
        this.settings = settings;
        this.cores = cores;
        this.work = work;
        this.progress = progress;
        this.loop = loop;
        this.upstream = ScriptedUpstream.start(loop);
        this.patience = new Patience(settings.patience(), pace, this::ownNanos);
    }

    /**
     * @param fogline is measured with a pinned target, with {@code auto}, with a prompt full of figures, and with one of
     *     which something is masked and each answer restored; the peers as they are
     * @param values the same with detectors that only look for values, left to its policy
     * @param bare the same without detectors, measured with a pinned target
     */
    static Result of(
            Server fogline,
            Server values,
            Server bare,
            List<Server> peers,
            Settings settings,
            Cores cores,
            Path work,
            PrintStream progress)
            throws IOException, InterruptedException {
        Files.createDirectories(work);
        cores.pinThisProcess();
        try (Loop loop = new Loop()) {
            var run = new LoadRun(settings, cores, work, progress, loop);
            try {
                run.starts(fogline, peers);
                return run.rounds(run.ways(fogline, values, bare, peers));
            } finally {
                run.running.forEach(RunningServer::close);
            }
        }
    }

    /** On all cores, as users start it. */
    private void starts(Server fogline, List<Server> peers) throws IOException, InterruptedException {
        List<Server> servers = new ArrayList<>(peers);
        servers.add(fogline);
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Server server : servers) {
                say("start " + round + ": " + server.name());
                patience.awaitQuiet();
                Patience.Mark start = patience.mark();
                try (var started = RunningServer.start(server, cores.onAllCores(), work, upstream.port())) {
                    Duration took = started.awaitFirstAnswer(Prompt.ORDINARY.whole(Servers.TARGET), START_PATIENCE);
                    Thread.sleep(1_000);
                    Noise noise = start.noise(started.usage().cpuNanos());
                    figures.add(server.name(), Metric.START, took.toNanos() / 1e6, noise);
                    figures.add(server.name(), Metric.RSS_IDLE, started.usage().rssBytes() / MIB, noise);
                }
            }
        }
    }

    private List<Way> ways(Server fogline, Server values, Server bare, List<Server> peers)
            throws IOException, InterruptedException {
        Duration warmUp = settings.warmUp();
        List<Way> ways = new ArrayList<>();
        ways.add(new Way(DIRECT, upstream.port(), null, warmUp.dividedBy(3)));
        for (Server peer : peers) {
            RunningServer started = start(peer);
            ways.add(new Way(peer.name(), started.port(), started, PEERS_WARM_UP));
        }
        RunningServer relay = start(bare);
        ways.add(new Way(bare.name(), relay.port(), relay, warmUp).with(bare.name(), Servers.TARGET, Prompt.ORDINARY));
        RunningServer looking = start(values);
        ways.add(new Way(values.name(), looking.port(), looking, warmUp).with(values.name(), AUTO, Prompt.ORDINARY));
        RunningServer gateway = start(fogline);
        var pinned = new Way(fogline.name(), gateway.port(), gateway, warmUp);
        ways.add(pinned);
        ways.add(pinned.with(fogline.name() + ", auto", AUTO, Prompt.ORDINARY));
        ways.add(pinned.with(fogline.name() + ", figures", Servers.TARGET, Prompt.FIGURES));
        ways.add(pinned.with(fogline.name() + ", masked", Servers.TARGET, Prompt.MASKED));
        return ways;
    }

    private RunningServer start(Server server) throws IOException, InterruptedException {
        RunningServer started = RunningServer.start(server, cores.onServerCore(), work, upstream.port());
        running.add(started);
        started.awaitFirstAnswer(Prompt.ORDINARY.whole(Servers.TARGET), START_PATIENCE);
        return started;
    }

    private Result rounds(List<Way> ways) throws IOException, InterruptedException {
        warmUp(byServer(ways));
        patience.awaitQuiet();
        double rate = settings.rate().orElseGet(() -> aThirdOfNginx(ways));
        Patience.Mark start = patience.mark();
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Kind kind : Kind.all(settings, rate)) {
                for (Way way : round % 2 == 1 ? ways : ways.reversed()) {
                    if (kind.everyWay() || way.everyKind()) {
                        say("round " + round + ", " + kind.name() + ": " + way.name());
                        measure(way, kind);
                    }
                }
            }
        }
        return new Result(figures, start.noise().others(), start.coresStolen());
    }

    private static Collection<List<Way>> byServer(List<Way> ways) {
        return ways.stream()
                .collect(Collectors.groupingBy(Way::port, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /**
     * In turns, of servers as of answers: a compiler that has seen one kind of answer only, or never a rest, throws its work
     * away at the first of the other. Going direct warms the generator.
     */
    private void warmUp(Collection<List<Way>> servers) throws IOException, InterruptedException {
        for (int i = 1; i <= WARM_UP_TURNS; i++) {
            for (List<Way> together : servers) {
                Way first = together.getFirst();
                say("warm-up " + i + ": " + first.name());
                Duration turn = first.warmUp().dividedBy(2L * WARM_UP_TURNS * together.size());
                for (Way way : together) {
                    run(way, way.saturating(Script.stream(), turn));
                    run(way, way.saturating(Script.whole(), turn));
                }
                if (first.server() != null) {
                    first.server().dropLog();
                }
            }
        }
    }

    private double aThirdOfNginx(List<Way> ways) {
        return ways.stream()
                .filter(way -> way.name().equals(NGINX))
                .mapToDouble(way -> run(way, way.saturating(Script.whole(), settings.window()))
                        .perSecond())
                .map(most -> Math.floor(most / 3 / 100) * 100)
                .map(third -> Math.clamp(third, 100, Settings.HIGHEST_RATE))
                .findFirst()
                .orElse(Settings.HIGHEST_RATE);
    }

    /**
     * Waits for a quiet moment, and measures again where others came between, while the patience lasts. The quietest
     * measurement counts; what failed is counted of every one.
     */
    private void measure(Way way, Kind kind) throws IOException, InterruptedException {
        Map<Metric, Double> quietest = Map.of();
        Noise least = new Noise(Double.MAX_VALUE, 0);
        for (int attempt = 0; attempt < MOST_ATTEMPTS && !patience.isQuiet(least); attempt++) {
            if (attempt > 0 && patience.isOver()) {
                break;
            }
            patience.awaitQuiet();
            long started = System.nanoTime();
            Patience.Mark start = patience.mark();
            Map<Metric, Double> seen =
                    kind.readings().apply(run(way, kind.workload().apply(way)));
            Noise noise = start.noise();
            if (attempt > 0) {
                patience.spend(Duration.ofNanos(System.nanoTime() - started));
            }
            if (noise.of(pace) < least.of(pace)) {
                least = noise;
                quietest = seen;
            }
            add(way, seen, noise, true);
            if (way.server() != null) {
                way.server().dropLog();
            }
        }
        add(way, quietest, least, false);
    }

    private void add(Way way, Map<Metric, Double> seen, Noise noise, boolean counts) {
        seen.forEach((metric, value) -> {
            if (counts == (metric.kind() == Metric.Kind.COUNT)) {
                figures.add(way.name(), metric, value, noise);
            }
        });
    }

    private Measurement run(Way way, Workload load) {
        return Generator.run(loop, upstream, load, way.usage());
    }

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
