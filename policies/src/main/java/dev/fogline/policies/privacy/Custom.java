package dev.fogline.policies.privacy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a policy itself has looked for: words of its own and patterns of its own. Immutable. */
public final class Custom {
    /** Most characters of a pattern. */
    public static final int LONGEST_PATTERN = 256;

    /** Most instructions of a compiled one, which is what a character of the text can cost. */
    private static final int LARGEST_PROGRAM = 500;

    private static final int FINGERPRINT_DIGITS = 8;

    /** Of policies that look for nothing of their own. */
    public static final Custom NONE = new Custom(List.of());

    /**
     * One thing to look for: words, or a pattern.
     *
     * @param id what decisions call it
     * @param words in any case; those of Latin letters only as whole words
     * @param pattern in the syntax of RE2, which takes a time linear in the text
     * @param context words of which one must stand near a match of the pattern; none: no such condition
     */
    public record Entry(String id, List<String> words, Optional<String> pattern, List<String> context) {
        public Entry {
            words = List.copyOf(words);
            context = List.copyOf(context);
        }
    }

    private final List<Entry> entries;
    private final boolean patterns;

    private Custom(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        this.patterns = entries.stream().anyMatch(entry -> entry.pattern().isPresent());
    }

    /** @throws IllegalArgumentException for a pattern of which {@link #complaint} complains */
    public static Custom of(List<Entry> entries) {
        return new Custom(entries);
    }

    /** What is wrong with a pattern, as the end of a sentence about it; null if nothing is. */
    public static @Nullable String complaint(String pattern) {
        if (pattern.isEmpty() || pattern.length() > LONGEST_PATTERN) {
            return "must have 1 to " + LONGEST_PATTERN + " characters";
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > LARGEST_PROGRAM) {
                return "is too large: shorten it or its repetitions";
            }
            boolean anything =
                    compiled.matcher("a").matches() && compiled.matcher("1").matches();
            return anything || compiled.matcher("").find() ? "matches next to nothing, and so nearly everywhere" : null;
        } catch (PatternSyntaxException e) {
            return "is no pattern of RE2: " + e.getDescription();
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean hasPatterns() {
        return patterns;
    }

    /** Tells one set of entries from another; empty for none. */
    String fingerprint() {
        if (entries.isEmpty()) {
            return "";
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(entries.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    List<TextDetector> readers() {
        var readers = new ArrayList<TextDetector>();
        if (entries.stream().anyMatch(entry -> !entry.words().isEmpty())) {
            readers.add(new CustomWords(entries));
        }
        for (Entry entry : entries) {
            entry.pattern()
                    .ifPresent(pattern ->
                            readers.add(new CustomPattern(entry.id(), Pattern.compile(pattern), entry.context())));
        }
        return readers;
    }
}
