package dev.fogline.policies.privacy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text of ASCII characters, or nearly, read eight at a time as one number: a walk character by character spends its time on guessing
 * where words end. Bytes side by side in a number are added and compared together as in Warren, "Hacker's Delight", 2-18.
 */
final class AsciiText {
    /** How many characters {@link #words} and {@link #marks} tell of at a time. */
    static final int BLOCK = Long.SIZE;

    /** So many bytes must stand before a text, whatever they are. */
    static final int BEFORE = Long.BYTES;

    /** And so many behind it: a word's first characters are read where it has fewer. */
    static final int BEHIND = 2;

    /** One in so many characters may be another one. */
    private static final int FEW = 32;

    private static final char OTHER = '\\';

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101010101010101L;
    private static final long TOP = 0x8080808080808080L;
    private static final long CASE = 0x2020202020202020L;
    private static final long EVEN = 0x00FF00FF00FF00FFL;
    private static final long EVEN_PAIRS = 0x0000FFFF0000FFFFL;

    /** Brings the lowest bits of eight bytes together in the highest one. */
    private static final long GATHER = 0x0102040810204080L;

    private static final int STEP_2 = steps(2);
    private static final int STEP_4 = steps(4);
    private static final int STEP_8 = steps(8);

    private final byte[] bytes;
    private final int at;
    private final int length;
    private final boolean whole;

    /** Made when they are asked for: where nothing is looked for but bytes in a text, they are not. */
    private long @Nullable [] words;

    private long[] marks = {};

    /** @param at where the text begins in the bytes, with {@link #BEFORE} before it and {@link #BEHIND} behind it */
    AsciiText(byte[] bytes, int at, int length) {
        this(bytes, at, length, true);
    }

    private AsciiText(byte[] bytes, int at, int length, boolean whole) {
        this.bytes = bytes;
        this.at = at;
        this.length = length;
        this.whole = whole;
    }

    /** Whether it says all of the text: no character was anything else than ASCII. */
    boolean whole() {
        return whole;
    }

    /**
     * A copy of some characters of an array; null if more than a few of them are not ASCII, as in most languages but English.
     * Of those a backslash takes the place: whoever finds one looks at the text itself.
     */
    static @Nullable AsciiText of(char[] chars, int from, int length) {
        int others = 0;
        for (int i = from; i < from + length; i++) {
            if (chars[i] >= 0x80 && ++others > length / FEW) {
                return null;
            }
        }
        return of(chars, from, length, others);
    }

    /** @param others how many of them are not ASCII */
    static @Nullable AsciiText of(char[] chars, int from, int length, int others) {
        if (others > length / FEW) {
            return null;
        }
        var bytes = new byte[BEFORE + length + BEHIND];
        int all = 0;
        for (int i = 0; i < length; i++) {
            char c = chars[from + i];
            all |= c;
            bytes[BEFORE + i] = (byte) (c < 0x80 ? c : OTHER);
        }
        return new AsciiText(bytes, BEFORE, length, all < 0x80);
    }

    private static int steps(int letters) {
        int steps = 1;
        for (int i = 0; i < letters; i++) {
            steps *= TermIndex.STEP;
        }
        return steps;
    }

    private long[] words() {
        long[] made = words;
        if (made == null) {
            // One more, so that a word that ends where a block does ends within one.
            made = new long[length / BLOCK + 1];
            marks = new long[made.length];
            long digitBefore = 0;
            for (int i = 0; i < made.length; i++) {
                byte[] block = bytes;
                int from = at + i * BLOCK;
                if (from + BLOCK > bytes.length) {
                    block = Arrays.copyOfRange(bytes, from, from + BLOCK);
                    from = 0;
                }
                long digits = digits(block, from);
                made[i] = letters(block, from) | digits;
                marks[i] = digits & ~(digits << 1 | digitBefore) | ~(made[i] | spaces(block, from));
                digitBefore = digits >>> BLOCK - 1;
            }
            long within = (1L << length % BLOCK) - 1;
            made[made.length - 1] &= within;
            marks[made.length - 1] &= within;
            words = made;
        }
        return made;
    }

    private static long letters(byte[] bytes, int from) {
        long letters = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            long lower = (long) EIGHT.get(bytes, from + i) | CASE;
            letters |= gathered(atLeast(lower, 'a') & ~atLeast(lower, 'z' + 1)) << i;
        }
        return letters;
    }

    private static long digits(byte[] bytes, int from) {
        long digits = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, from + i);
            digits |= gathered(atLeast(eight, '0') & ~atLeast(eight, '9' + 1)) << i;
        }
        return digits;
    }

    private static long spaces(byte[] bytes, int from) {
        long spaces = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            spaces |= gathered(TOP - ((long) EIGHT.get(bytes, from + i) ^ CASE)) << i;
        }
        return spaces;
    }

    /** The top bit of each byte says whether it is at least so much; all are below 128. */
    private static long atLeast(long eight, int least) {
        return eight + (0x80 - least) * EACH;
    }

    private static long gathered(long tops) {
        return ((tops & TOP) >>> 7) * GATHER >>> 56;
    }

    /** Which characters of a block are letters or digits: a bit for each, the lowest for the first. */
    long words(int block) {
        return words()[block];
    }

    /** The same of those that begin a word. */
    long wordStarts(int block) {
        long before = block == 0 ? 0 : words(block - 1) >>> BLOCK - 1;
        return words(block) & ~(words(block) << 1 | before);
    }

    /** The same of those that begin a number, and of those that are neither letter nor digit nor space. */
    long marks(int block) {
        words();
        return marks[block];
    }

    /** A copy; backslashes may stand for other characters. */
    String text() {
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    /** The character there; a backslash may stand for another one. */
    byte at(int index) {
        return bytes[at + index];
    }

    /** What stands at a place and behind it, as {@link WordStarts} asks for it. */
    int first(int index) {
        return WordStarts.first(at(index), at(index + 1), at(index + 2));
    }

    /** What {@link TermIndex} makes of a word letter by letter. */
    int hash(int start, int end) {
        int length = end - start;
        if (length <= Long.BYTES) {
            return hashOfEight(end, length);
        }
        int head = (length - 1) % Long.BYTES + 1;
        int hash = hashOfEight(start + head, head);
        for (int i = start + head; i < end; i += Long.BYTES) {
            hash = hash * STEP_8 + hashOfEight(i + Long.BYTES, Long.BYTES);
        }
        return hash;
    }

    /** Of one to eight letters: neighbours are put together, then their pairs, then the two halves. */
    private int hashOfEight(int end, int length) {
        long word = ((long) EIGHT.get(bytes, at + end - Long.BYTES) | CASE) & -1L << Long.SIZE - length * Byte.SIZE;
        long pairs = (word & EVEN) * TermIndex.STEP + (word >>> 8 & EVEN);
        long fours = (pairs & EVEN_PAIRS) * STEP_2 + (pairs >>> 16 & EVEN_PAIRS);
        return (int) fours * STEP_4 + (int) (fours >>> 32);
    }
}
