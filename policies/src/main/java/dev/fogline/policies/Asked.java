package dev.fogline.policies;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the condition of one rule asks for, for whoever knows only some facts of a request.
 *
 * @param rule its id
 * @param fingerprint of the condition's text: conditions with the same one have the same answer
 * @param facts names such as {@code request.model}
 * @param headers those that it may read
 * @param features those that it looks for; empty when it may look at any
 */
public record Asked(
        String rule, String fingerprint, Set<String> facts, Set<String> headers, Optional<Set<String>> features) {
    private static final int DIGITS = 16;
    private static final String HEADERS = "request.headers";
    private static final String FEATURES = "request.features";

    static final Pattern BY_NAME =
            Pattern.compile("(['\"])([^'\"]*)\\1\\s+in\\s+(request\\.headers|request\\.features)\\b"
                    + "|(request\\.headers)\\s*\\[\\s*(['\"])([^'\"]*)\\5\\s*]");

    /** @param listed headers that the policy lets conditions ask for */
    static Asked of(Rule rule, Set<String> listed) {
        String when = rule.written().when();
        var headers = new HashSet<String>();
        var features = new HashSet<String>();
        int named = 0;
        Matcher found = BY_NAME.matcher(when);
        while (found.find()) {
            named++;
            boolean indexed = found.group(4) != null;
            String name = indexed ? found.group(6) : found.group(2);
            (indexed || found.group(3).equals(HEADERS) ? headers : features).add(name);
        }
        // A name in another place, such as a macro's range, may stand for any of them.
        boolean others = count(when, HEADERS) + count(when, FEATURES) != named;
        Set<String> facts = rule.when().asks();
        return new Asked(
                rule.id(),
                fingerprint(when),
                facts,
                !facts.contains(HEADERS) ? Set.of() : others ? listed : Set.copyOf(headers),
                others && facts.contains(FEATURES) ? Optional.empty() : Optional.of(Set.copyOf(features)));
    }

    private static int count(String text, String word) {
        int count = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            count++;
        }
        return count;
    }

    private static String fingerprint(String when) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(when.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
