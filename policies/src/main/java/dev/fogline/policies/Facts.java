package dev.fogline.policies;

import dev.cel.runtime.CelVariableResolver;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the conditions of one decision see. A fact is made when the first condition asks for it: most are never asked. */
final class Facts implements CelVariableResolver {
    private static final int FACTS = Fact.values().length;

    final RequestFacts request;
    final FleetSnapshot fleet;
    final Situation situation;
    private final ZoneId zone;
    private final @Nullable Object[] known = new @Nullable Object[FACTS];

    Facts(RequestFacts request, FleetSnapshot fleet, Situation situation, ZoneId zone) {
        this.request = request;
        this.fleet = fleet;
        this.situation = situation;
        this.zone = zone;
    }

    @Override
    public Optional<Object> find(String name) {
        Fact fact = Fact.named(name);
        if (fact == null) {
            return CelConditions.constant(name);
        }
        Object value = known[fact.ordinal()];
        if (value == null) {
            value = fact.of(this);
            known[fact.ordinal()] = value;
        }
        return Optional.of(value);
    }

    ZonedDateTime time() {
        return situation.now().atZone(zone);
    }
}
