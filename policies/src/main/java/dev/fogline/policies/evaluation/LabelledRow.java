package dev.fogline.policies.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * One labelled text.
 *
 * @param spans what it holds and where; empty if nobody looked
 * @param units what it holds, without places; empty if nobody looked
 * @param positive whether it is said to hold anything; empty if nothing is said
 * @param code whether it is a line of source code, of which {@code positive} says whether it holds a secret
 */
record LabelledRow(
        String text,
        Optional<List<Span>> spans,
        Optional<List<String>> units,
        Optional<Boolean> positive,
        boolean code) {
    /**
     * @param start first character, counted in UTF-16 units
     * @param end behind the last one
     * @param type as the file calls it
     */
    record Span(int start, int end, String type) {}
}
