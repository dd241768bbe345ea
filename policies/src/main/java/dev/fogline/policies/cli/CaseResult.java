package dev.fogline.policies.cli;

import dev.fogline.policies.Decision.Refusal;
import dev.fogline.policies.Explanation;
import dev.fogline.policies.cli.CaseFile.ExpectEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a case came out.
 *
 * @param differences what was expected and what it was, a line each; none when it passed
 */
record CaseResult(PolicyCase of, Explanation explanation, List<String> differences) {

    static CaseResult of(PolicyCase one, Explanation told) {
        ExpectEntry expected = one.entry().expect();
        var differences = new ArrayList<String>();
        String first = told.plan().isEmpty() ? null : told.plan().getFirst();
        compare(differences, "tier", word(expected.tier()), first == null ? null : first.split("/", 2)[0]);
        compare(differences, "target", expected.target(), first);
        compare(differences, "egress", word(expected.egress()), told.egress());
        compare(differences, "reason", word(expected.reason()), told.reason());
        compare(differences, "refused", code(expected), told.refused());
        compare(
                differences,
                "plan",
                expected.plan() == null ? null : String.join(", ", expected.plan()),
                String.join(", ", told.plan()));
        return new CaseResult(one, told, differences);
    }

    boolean passed() {
        return differences.isEmpty();
    }

    /** What differs and how it came to that. */
    String report() {
        var text = new StringBuilder();
        differences.forEach(line -> text.append("    ").append(line).append('\n'));
        ExplanationText.of(explanation)
                .lines()
                .forEach(line -> text.append("      ").append(line).append('\n'));
        return text.toString();
    }

    private static void compare(
            List<String> differences, String what, @Nullable String expected, @Nullable String was) {
        if (expected != null && !Objects.equals(expected, was)) {
            differences.add(String.format(
                    Locale.ROOT, "%-8s expected %s, was %s", what, shown(expected), was == null ? "none" : shown(was)));
        }
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }

    private static @Nullable String word(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }

    /** The refusal's own word, such as {@code capability}, is taken for its code. */
    private static @Nullable String code(ExpectEntry expected) {
        if (expected.refused() == null) {
            return null;
        }
        String written = expected.refused().value();
        return Stream.of(Refusal.values())
                .filter(refusal -> refusal.name().equalsIgnoreCase(written))
                .findFirst()
                .map(Refusal::code)
                .orElse(written);
    }
}
