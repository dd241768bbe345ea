package dev.fogline.policies.privacy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pattern of the policy. RE2/J takes a time linear in the text, whatever the pattern. */
final class CustomPattern implements TextDetector {
    /** More in one text is no text: its request counts as one that was not read. */
    private static final int MOST_MATCHES = 1000;

    /** As far as a topic's words: room for "number of your case, as printed above:". */
    private static final int BEFORE = 48;

    private static final int BEHIND = 24;

    private final String id;
    private final Pattern pattern;
    private final @Nullable WordEnds<String> context;

    CustomPattern(String id, Pattern pattern, List<String> context) {
        this.id = id;
        this.pattern = pattern;
        this.context = context.isEmpty()
                ? null
                : new WordEnds<>(
                        context.stream()
                                .map(word -> word.toLowerCase(Locale.ROOT))
                                .distinct()
                                .collect(Collectors.toMap(Function.identity(), Function.identity())),
                        true);
    }

    @Override
    public void read(Reading text, Candidates found, TimeLimit limit) {
        Matcher matcher = pattern.matcher(CharBuffer.wrap(text.chars(), 0, text.length()));
        int matches = 0;
        while (matcher.find()) {
            limit.check();
            if (++matches > MOST_MATCHES) {
                throw new IllegalStateException("a pattern matches too often");
            }
            if (matcher.end() > matcher.start() && inContext(text, matcher.start(), matcher.end())) {
                found.custom(id, matcher.start(), matcher.end());
            }
        }
    }

    private boolean inContext(Reading text, int start, int end) {
        if (context == null) {
            return true;
        }
        for (int i = start; i > Math.max(0, start - BEFORE); i--) {
            if (context.endingAt(text, i) != null) {
                return true;
            }
        }
        for (int i = end + 1; i <= Math.min(text.length(), end + BEHIND); i++) {
            if (context.endingAt(text, i) != null) {
                return true;
            }
        }
        return false;
    }
}
