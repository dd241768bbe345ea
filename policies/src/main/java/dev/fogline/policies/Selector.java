package dev.fogline.policies;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The targets that a rule speaks of: those that have all that it names.
 *
 * @param region where a target's data is kept, as its configuration says
 * @param licence of the target's model
 */
record Selector(Optional<Tier> tier, Optional<String> target, Optional<String> region, Optional<String> licence) {

    /** Whether a target is left when only these may serve: what is not known of it counts against it. */
    boolean leaves(Target candidate) {
        return named(candidate)
                && (region.isEmpty() || region.equals(candidate.region()))
                && (licence.isEmpty() || licence.equals(candidate.licence()));
    }

    /** Whether a target goes when these may not serve: what is not known of it counts against it here too. */
    boolean removes(Target candidate) {
        return named(candidate)
                && (region.isEmpty() || candidate.region().isEmpty() || region.equals(candidate.region()))
                && (licence.isEmpty() || candidate.licence().isEmpty() || licence.equals(candidate.licence()));
    }

    /** Whether every target of the narrow one is one of these. */
    boolean covers(Selector narrow) {
        boolean sameTier = tier.isEmpty()
                || tier.equals(narrow.tier)
                || narrow.target
                        .filter(id -> id.startsWith(tier.get().label() + "/"))
                        .isPresent();
        return sameTier
                && (target.isEmpty() || target.equals(narrow.target))
                && (region.isEmpty() || region.equals(narrow.region))
                && (licence.isEmpty() || licence.equals(narrow.licence));
    }

    private boolean named(Target candidate) {
        return (tier.isEmpty() || tier.get() == candidate.tier())
                && (target.isEmpty() || target.get().equals(candidate.id()));
    }

    String describe() {
        return Stream.of(
                        tier.map(Tier::label), target, region.map(r -> "region " + r), licence.map(l -> "licence " + l))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }
}
