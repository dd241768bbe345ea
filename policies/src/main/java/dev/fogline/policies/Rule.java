package dev.fogline.policies;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One rule of a policy file.
 *
 * @param egress what may leave when the condition holds
 * @param exclude what may not serve then
 * @param pin what alone may serve then
 * @param written for messages to people
 */
record Rule(
        String id, Condition when, Optional<Egress> egress, Optional<Pin> exclude, Optional<Pin> pin, Written written) {

    /**
     * The rule as it stands in a file.
     *
     * @param line from 1
     * @param when the expression
     */
    record Written(String file, int line, String when) {}

    /** What it does when its condition holds, as in the file. */
    String effect() {
        return Stream.of(
                        egress.map(what -> "egress: " + what.name().toLowerCase(Locale.ROOT)),
                        exclude.map(what -> "exclude: " + what.describe()),
                        pin.map(what -> "pin: " + what.describe()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }
}
