package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words, found by where they end; of two that end there, the longer. Letters match in any case, and an underscore stands
 * for a space, a dash, an underscore or nothing.
 */
final class WordEnds<T> {
    private record Entry<T>(String word, T meaning) {}

    private static final int BUCKETS = 256;

    /** By the last character of the word. */
    private final List<List<Entry<T>>> entries = new ArrayList<>();

    private final boolean wholeWords;

    /** @param wholeWords only words that no further letters touch, as "Card" in "idCard" but not "lic" in "public" */
    WordEnds(Map<String, T> words, boolean wholeWords) {
        this.wholeWords = wholeWords;
        for (int i = 0; i < BUCKETS; i++) {
            entries.add(new ArrayList<>());
        }
        words.forEach((word, meaning) ->
                entries.get(word.charAt(word.length() - 1) % BUCKETS).add(new Entry<>(word, meaning)));
        for (List<Entry<T>> bucket : entries) {
            bucket.sort(Comparator.comparingInt(entry -> -entry.word().length()));
        }
    }

    /** The meaning of the word that ends before {@code end}, if one does. */
    @Nullable
    T endingAt(Reading text, int end) {
        List<Entry<T>> bucket = entries.get(Ascii.lower(text.at(end - 1)) % BUCKETS);
        for (int i = 0; i < bucket.size(); i++) {
            if (endsWith(text, end, bucket.get(i).word())) {
                return bucket.get(i).meaning();
            }
        }
        return null;
    }

    private boolean endsWith(Reading text, int end, String word) {
        int i = end;
        for (int w = word.length() - 1; w >= 0; w--) {
            char expected = word.charAt(w);
            char c = text.at(i - 1);
            if (expected == '_') {
                i -= c == ' ' || c == '_' || c == '-' ? 1 : 0;
            } else if (Ascii.lower(c) == expected) {
                i--;
            } else {
                return false;
            }
        }
        return !wholeWords || (boundary(text, i) && boundary(text, end));
    }

    /** Between a letter and none, and at the hump of camelCase. */
    private static boolean boundary(Reading text, int at) {
        char before = text.at(at - 1);
        char after = text.at(at);
        return !Ascii.letter(before) || !Ascii.letter(after) || (!Ascii.isUpper(before) && Ascii.isUpper(after));
    }
}
