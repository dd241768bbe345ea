package dev.fogline.benchmarks;

import dev.fogline.benchmarks.load.Script;
import dev.fogline.benchmarks.load.ServerUsage;
import dev.fogline.benchmarks.load.Workload;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A way from the generator to the upstream.
 *
 * @param model that the requests name
 * @param prompt what they say
 * @param server in between; null when going direct
 * @param warmUp shared by all ways of one server
 * @param everyKind whether it is measured in every kind, or only in those that tell it from other ways of Fogline
 */
record Way(
        String name,
        int port,
        String model,
        Prompt prompt,
        @Nullable RunningServer server,
        Duration warmUp,
        boolean everyKind) {

    /** One of which every kind of measurement is taken. */
    Way(String name, int port, @Nullable RunningServer server, Duration warmUp) {
        this(name, port, Servers.TARGET, Prompt.ORDINARY, server, warmUp, true);
    }

    /** Another way through the same server, which tells itself from others in some kinds only. */
    Way with(String otherName, String otherModel, Prompt otherPrompt) {
        return new Way(otherName, port, otherModel, otherPrompt, server, warmUp, false);
    }

    Supplier<ServerUsage> usage() {
        return server == null ? () -> ServerUsage.NONE : server::usage;
    }

    Workload saturating(Script script, Duration window) {
        return Workload.saturating(port, script, body(script), Settings.CONNECTIONS, Settings.SHORT_WARM_UP, window);
    }

    Workload atRate(Script script, double rate, Duration window) {
        return Workload.atRate(port, script, body(script), Settings.CONNECTIONS, rate, Settings.SHORT_WARM_UP, window);
    }

    Workload openStreams(int streams) {
        Script script = Script.slowStream(Settings.PACE);
        return Workload.openStreams(
                port, script, body(script), streams, Duration.ofSeconds(1), Settings.PACE.multipliedBy(40));
    }

    private String body(Script script) {
        return script.events() > 1 ? prompt.stream(model) : prompt.whole(model);
    }
}
