package dev.fogline.policies;

import java.util.List;
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
 * @param prefer what ranks the targets then, beside what always does
 * @param latency how soon the first token should come then
 * @param written for messages to people
 */
record Rule(
        String id,
        Condition when,
        Optional<Egress> egress,
        Optional<Selector> exclude,
        Optional<Selector> pin,
        List<Preference> prefer,
        Optional<LatencyObjective> latency,
        Written written) {
    Rule {
        prefer = List.copyOf(prefer);
    }

    /**
     * The rule as it stands in a file.
     *
     * @param line from 1
     * @param when the expression
     */
    record Written(String file, int line, String when) {}

    /** Without what only ranks: a preference whose condition cannot be checked scores nothing. */
    Rule strict() {
        return new Rule(id, when, egress, exclude, pin, List.of(), Optional.empty(), written);
    }

    Rule answered(RoutingPolicy.Answer answer) {
        Condition known = switch (answer) {
            case ASK -> when;
            case HELD -> facts -> true;
            case NOT_HELD -> facts -> false;
            case FAILED ->
                facts -> {
                    throw new IllegalStateException("it failed then");
                };
        };
        return new Rule(id, known, egress, exclude, pin, prefer, latency, written);
    }

    /** What it does when its condition holds, as in the file. */
    String effect() {
        Stream<Optional<String>> effects = Stream.of(
                egress.map(what -> "egress: " + what.name().toLowerCase(Locale.ROOT)),
                exclude.map(what -> "exclude: " + what.describe()),
                pin.map(what -> "pin: " + what.describe()),
                prefer.isEmpty()
                        ? Optional.empty()
                        : Optional.of(prefer.stream()
                                .map(one -> one.label() + " " + one.weight())
                                .collect(Collectors.joining(", ", "prefer: ", ""))),
                latency.map(what -> "latency: ttft " + what.ttft().toMillis() + "ms at " + what.percentile() + " %"));
        return effects.flatMap(Optional::stream).collect(Collectors.joining(", "));
    }
}
