package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words, found by where they end; of two that end there, the longer. Letters match in any case, and an underscore stands
 * for a space, a dash, an underscore or nothing.
 *
 * <p>They are kept in a tree by their last character, so that a look-up reads as many characters as some word has in common
 * with the text, however many words there are.
 */
final class WordEnds<T> {
    private static final int ROOT = 0;
    private static final int NONE = -1;
    private static final char SEPARATOR = '_';
    private static final int ASCII = 128;

    private final boolean wholeWords;
    /** By node, what the word means that starts there. */
    private final List<@Nullable T> meanings = new ArrayList<>();
    /** Edges of the tree in an open hash table: a node and a character, and where they lead. */
    private long[] edges = new long[64];

    private int[] targets = new int[64];
    private int edgeCount;
    /** Bits by the last two characters of ASCII: where the two end no word, which is nearly everywhere, nothing is looked up. */
    private final long[] pairs = new long[ASCII * ASCII / Long.SIZE];

    /** @param wholeWords only words that no further letters touch, as "Card" in "idCard" but not "lic" in "public" */
    WordEnds(Map<String, T> words, boolean wholeWords) {
        this.wholeWords = wholeWords;
        Arrays.fill(edges, NONE);
        meanings.add(null);
        words.forEach((word, meaning) -> add(ROOT, word, word.length() - 1, meaning));
        for (char last = 0; last < ASCII; last++) {
            for (char before = 0; before < ASCII; before++) {
                if (endsWith(before, last)) {
                    int pair = before << 7 | last;
                    pairs[pair >> 6] |= 1L << pair;
                }
            }
        }
    }

    private boolean endsWith(char before, char last) {
        int slot = slot(ROOT, folded(last));
        return edges[slot] != NONE
                && (meanings.get(targets[slot]) != null || edges[slot(targets[slot], folded(before))] != NONE);
    }

    private void add(int node, String word, int last, T meaning) {
        if (last < 0) {
            meanings.set(node, meaning);
            return;
        }
        char c = folded(word.charAt(last));
        add(grown(node, c), word, last - 1, meaning);
        if (word.charAt(last) == SEPARATOR) {
            add(node, word, last - 1, meaning);
        }
    }

    private int grown(int node, char c) {
        int slot = slot(node, c);
        if (edges[slot] == NONE) {
            if (2 * ++edgeCount > edges.length) {
                rehash();
                slot = slot(node, c);
            }
            edges[slot] = edge(node, c);
            targets[slot] = meanings.size();
            meanings.add(null);
        }
        return targets[slot];
    }

    private void rehash() {
        long[] oldEdges = edges;
        int[] oldTargets = targets;
        edges = new long[2 * oldEdges.length];
        targets = new int[edges.length];
        Arrays.fill(edges, NONE);
        for (int i = 0; i < oldEdges.length; i++) {
            if (oldEdges[i] != NONE) {
                int slot = slot((int) (oldEdges[i] >> 16), (char) oldEdges[i]);
                edges[slot] = oldEdges[i];
                targets[slot] = oldTargets[i];
            }
        }
    }

    private static long edge(int node, char c) {
        return (long) node << 16 | c;
    }

    /** Where the edge is, or would be. */
    private int slot(int node, char c) {
        long edge = edge(node, c);
        int mask = edges.length - 1;
        int slot = (int) (edge * 0x9E3779B97F4A7C15L >>> 40) & mask;
        while (edges[slot] != edge && edges[slot] != NONE) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static char folded(char c) {
        return c == ' ' || c == '-' ? SEPARATOR : Ascii.lower(c);
    }

    /** Whether what a look-up costs is worth it. */
    boolean mayEndAt(Reading text, int end) {
        char before = text.at(end - 2);
        char last = text.at(end - 1);
        int pair = before << 7 | last;
        return before >= ASCII || last >= ASCII || (pairs[pair >> 6] & 1L << pair) != 0;
    }

    /** The meaning of the word that ends before {@code end}, if one does. */
    @Nullable
    T endingAt(Reading text, int end) {
        if (!mayEndAt(text, end) || (wholeWords && !boundary(text, end))) {
            return null;
        }
        T longest = null;
        int node = ROOT;
        for (int i = end - 1; i >= 0; i--) {
            int slot = slot(node, folded(text.at(i)));
            if (edges[slot] == NONE) {
                return longest;
            }
            node = targets[slot];
            T meaning = meanings.get(node);
            if (meaning != null && (!wholeWords || boundary(text, i))) {
                longest = meaning;
            }
        }
        return longest;
    }

    /** Between a letter and none, and at the hump of camelCase. */
    private static boolean boundary(Reading text, int at) {
        char before = text.at(at - 1);
        char after = text.at(at);
        return !Ascii.letter(before) || !Ascii.letter(after) || (!Ascii.isUpper(before) && Ascii.isUpper(after));
    }
}
