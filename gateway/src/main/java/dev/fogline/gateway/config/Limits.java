package dev.fogline.gateway.config;

import dev.fogline.gateway.config.ConfigFile.LimitsEntry;
import dev.fogline.policies.Tier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of one attempt at a target.
 *
 * @param firstEvent from the request being sent to the first event of a stream
 * @param idle between two events of a stream; comments do not count, because they hide stalls
 * @param streamTotal of a whole streamed answer
 * @param total of a whole answer that is not streamed
 * @param concurrent exchanges with the target at one time
 */
public record Limits(
        Duration connect, Duration firstEvent, Duration idle, Duration streamTotal, Duration total, int concurrent) {

    /** What the entry says, and the defaults of the tier for the rest. */
    static Limits of(Tier tier, @Nullable LimitsEntry entry) {
        Limits defaults = defaults(tier);
        return entry == null
                ? defaults
                : new Limits(
                        either(entry.connect(), defaults.connect),
                        either(entry.firstEvent(), defaults.firstEvent),
                        either(entry.idle(), defaults.idle),
                        either(entry.streamTotal(), defaults.streamTotal),
                        either(entry.total(), defaults.total),
                        either(entry.concurrent(), defaults.concurrent));
    }

    private static <T> T either(@Nullable T value, T otherwise) {
        return value != null ? value : otherwise;
    }

    private static Limits defaults(Tier tier) {
        return new Limits(
                Duration.ofSeconds(tier == Tier.EDGE ? 2 : 5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(600),
                Duration.ofSeconds(300),
                tier == Tier.EDGE ? 64 : 1024);
    }
}
