package dev.fogline.policies;

import dev.cel.runtime.CelVariableResolver;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the conditions of one decision see. A fact is made when the first condition asks for it: most are never asked. It is
 * kept in the form in which CEL takes it, because a thousand rules ask for the same few.
 */
final class Facts implements CelVariableResolver {
    private static final int FACTS = Fact.values().length;

    final RequestFacts request;
    final FleetSnapshot fleet;
    final Situation situation;
    private final ZoneId zone;

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a generic type.
    private final @Nullable Optional<Object>[] known = new Optional[FACTS];

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
        Optional<Object> value = known[fact.ordinal()];
        if (value == null) {
            value = Optional.of(fact.of(this));
            known[fact.ordinal()] = value;
        }
        return value;
    }

    ZonedDateTime time() {
        return situation.now().atZone(zone);
    }
}
