package dev.fogline.policies.privacy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * Weighs the words of a text to tell {@link Subject#AFFAIRS}: a linear model over words, pairs of neighbouring words,
 * Chinese characters and their pairs, and capitals inside sentences, each counted once. What a word weighs was learned from
 * examples; only hashes of words are kept. Made for one text at a time, by one thread.
 */
final class Affairs {
    private static final String FILE = "affairs.bin";

    /** Of the table that words fall into by their hash; some share a place. */
    static final int PLACES = 1 << 14;

    private static final int SHIFT = 32 - 14;
    private static final int GOLDEN = 0x9E3779B9;

    /** What is said about a text of fewer words or Chinese characters is chance. */
    private static final int FEWEST = 4;

    private static final int PAIR = 0x85EBCA6B;
    private static final int NUMBER = 0x5EED0001;
    private static final int CAPITAL = 0x5EED0002;
    private static final int CAPITALS = 0x5EED0003;

    /**
     * What was learned.
     *
     * @param bias added to every text
     * @param unit what a weight of 1 is worth
     * @param weights for each place from -127 to 127
     */
    record Learned(float bias, float unit, byte[] weights) {
        /** One for all. */
        private static final Learned STANDARD = read();

        private static Learned read() {
            try (InputStream in = Objects.requireNonNull(Affairs.class.getResourceAsStream(FILE), FILE);
                    var data = new DataInputStream(in)) {
                return new Learned(data.readFloat(), data.readFloat(), data.readNBytes(PLACES));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Learned learned;
    private final byte[] weights;

    /** Which places were met in this text. */
    private final long[] met = new long[PLACES / Long.SIZE];

    /** What the places that were met weigh, in the upper half, and how many weigh something, in the lower one. */
    private long sums;

    private int words;
    private int before;
    private boolean begins = true;

    Affairs() {
        this(Learned.STANDARD);
    }

    Affairs(Learned learned) {
        this.learned = learned;
        this.weights = learned.weights();
    }

    /** A new text begins. */
    void begin() {
        if (words > 0) {
            Arrays.fill(met, 0);
        }
        words = 0;
        sums = 0;
        sentenceEnd();
    }

    void sentenceEnd() {
        before = 0;
        begins = true;
    }

    /** A word of letters and digits, by its hash in lower case and its first two characters. */
    void word(int hash, char first, char second) {
        int word = Ascii.digit(first) ? NUMBER : hash;
        if (!begins && Ascii.isUpper(first) && Character.isLetter(second)) {
            int capital = Ascii.isUpper(second) ? CAPITALS : CAPITAL;
            sums += met(capital) + (before == 0 ? 0 : met(before * PAIR + capital));
        }
        add(word);
    }

    void han(char c) {
        add(c);
    }

    private void add(int word) {
        words++;
        begins = false;
        sums += met(word) + (before == 0 ? 0 : met(before * PAIR + word));
        before = word;
    }

    /** What a place adds the first time it is met. Without branches: whether it was met before, nobody guesses. */
    private long met(int hash) {
        int place = hash * GOLDEN >>> SHIFT;
        long weight = weights[place];
        long before = met[place >>> 6];
        met[place >>> 6] = before | 1L << place;
        long fresh = ~before >>> place & 1;
        return (weight << 32) + ((weight | -weight) >>> 63) & -fresh;
    }

    /** Whether the text so far is about somebody's own affairs. */
    boolean own() {
        return words >= FEWEST && score() > 0;
    }

    double score() {
        int known = (int) sums;
        int sum = (int) (sums - known >> 32);
        return learned.bias() + learned.unit() * sum / Math.sqrt(Math.max(1, known));
    }

    /** The places that were met and weigh something, for training. */
    int[] places() {
        return BitSet.valueOf(met).stream().filter(place -> weights[place] != 0).toArray();
    }
}
