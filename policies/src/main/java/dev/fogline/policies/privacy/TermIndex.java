package dev.fogline.policies.privacy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds words in one pass, two look-ups per character at most: those of Latin letters by a hash of their first word, which
 * grows with each letter and is looked up where the word ends; Chinese ones by their first two characters.
 */
final class TermIndex {
    /** Takes what is met, in the order of the text, but for longer words, which come where they begin. */
    interface Visitor {
        void met(SubjectTerm term, int start, int end);

        /** A word of letters and digits, whatever it says, by its hash in lower case and its first two characters. */
        void word(int hash, char first, char second);

        /** A Chinese character, whatever it says. */
        void han(char c);

        /** Here a sentence is over. */
        void sentenceEnd();
    }

    private static final byte LETTER = 1;
    private static final byte HAN = 2;
    private static final byte SINGLE = 3;
    private static final byte STOP = 4;

    /** Spaces and the like between two words of a term. */
    private static final int WIDEST_GAP = 4;

    /** No word of ours is longer. */
    private static final int LONGEST = 64;

    /** Of a word's hash, from letter to letter. */
    static final int STEP = 31;

    private static final int BUCKETS = 1 << 14;
    private static final int GOLDEN = 0x9E3779B9;
    private static final int SHIFT = 32 - 14;

    /** A term and the hash that it is looked up by. */
    private record Entry(int hash, SubjectTerm term) {}

    /** Which hashes may be looked up: most words of a text fall where none of ours does. */
    private static final class Filter {
        private static final int PLACES = 1 << 16;

        private final long[] bits = new long[PLACES / Long.SIZE];

        void add(int hash) {
            int place = hash * GOLDEN >>> 16;
            bits[place >>> 6] |= 1L << place;
        }

        boolean has(int hash) {
            int place = hash * GOLDEN >>> 16;
            return (bits[place >>> 6] >>> place & 1) != 0;
        }
    }

    private final byte[] classes = new byte[1 << 16];

    /** Latin words by their hash, and those of several by that of the first two. */
    private final Filter words = new Filter();

    private final Filter pairs = new Filter();
    private final Filter chinese = new Filter();
    private final Entry[][] buckets = new Entry[BUCKETS][];
    /** Of one Chinese character alone. */
    private final SubjectTerm[][] singles = new SubjectTerm[BUCKETS][];

    TermIndex(List<SubjectTerm> terms) {
        Arrays.fill(buckets, new Entry[0]);
        Arrays.fill(singles, new SubjectTerm[0]);
        for (int c = 0; c < classes.length; c++) {
            classes[c] = Han.is((char) c) ? HAN : Character.isLetterOrDigit(c) ? LETTER : 0;
        }
        for (char stop : ".!?;\n。！？；".toCharArray()) {
            classes[stop] = STOP;
        }
        for (SubjectTerm term : terms) {
            String word = term.word();
            char first = word.charAt(0);
            if (!Han.is(first)) {
                int end = wordEnd(word, 0);
                int second = end + 1 < word.length() ? wordEnd(word, end + 1) : 0;
                int hash = hash(word, 0, end);
                if (second > end + 1) {
                    add(pair(hash, hash(word, end + 1, second)), pairs, term);
                } else {
                    add(hash, words, term);
                }
            } else if (word.length() == 1) {
                classes[first] = SINGLE;
                singles[bucket(first)] = with(singles[bucket(first)], term);
            } else {
                add(pair(first, word.charAt(1)), chinese, term);
            }
        }
    }

    private void add(int hash, Filter filter, SubjectTerm term) {
        filter.add(hash);
        Entry[] more = with(buckets[bucket(hash)], new Entry(hash, term));
        // The longer first: of two words that begin at one place and speak of the same, the longer one counts.
        Arrays.sort(more, Comparator.comparingInt(one -> -one.term.word().length()));
        buckets[bucket(hash)] = more;
    }

    private static <T> T[] with(T[] some, T another) {
        T[] more = Arrays.copyOf(some, some.length + 1);
        more[some.length] = another;
        return more;
    }

    private static int bit(SubjectTerm term) {
        return term.subject() == null ? 1 : 2 << term.subject().ordinal();
    }

    private int wordEnd(String word, int from) {
        int end = from;
        while (end < word.length() && classes[word.charAt(end)] == LETTER) {
            end++;
        }
        return end;
    }

    private static int hash(CharSequence word, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = step(hash, word.charAt(i));
        }
        return hash;
    }

    private static int step(int hash, char c) {
        return hash * STEP + Ascii.lower(c);
    }

    private static int pair(int first, int second) {
        return first * 0x85EBCA6B + second;
    }

    private static int bucket(int hash) {
        return hash * GOLDEN >>> SHIFT;
    }

    /** A word is looked up once the next one is known. */
    void walk(Reading text, int from, int to, Visitor visitor) {
        AsciiText ascii = text.ascii();
        if (ascii != null && ascii.whole()) {
            walkAscii(text, ascii, from, to, visitor);
        } else {
            walkAny(text, from, to, visitor);
        }
    }

    private void walkAscii(Reading text, AsciiText ascii, int from, int to, Visitor visitor) {
        int wordStart = from;
        int start = from;
        int end = from;
        int hash = 0;
        long before = 0;
        for (int block = from / AsciiText.BLOCK; block * AsciiText.BLOCK <= to; block++) {
            long words = ascii.words(block) & within(from, to, block * AsciiText.BLOCK);
            long edges = words ^ (words << 1 | before);
            if (before == 0 && edges != 0) {
                wordStart = block * AsciiText.BLOCK + Long.numberOfTrailingZeros(edges);
                edges &= edges - 1;
            }
            while (edges != 0) {
                int at = block * AsciiText.BLOCK + Long.numberOfTrailingZeros(edges);
                edges &= edges - 1;
                int next = ascii.hash(wordStart, at);
                if (mayHold(hash, next)) {
                    wordsAt(text, start, end, hash, next, visitor);
                }
                if (wordStart - end != 1 || ascii.at(end) != ' ') {
                    gap(text, end, wordStart, visitor);
                }
                visitor.word(next, (char) ascii.at(wordStart), (char) ascii.at(wordStart + 1));
                start = wordStart;
                end = at;
                hash = next;
                wordStart = block * AsciiText.BLOCK + Long.numberOfTrailingZeros(edges);
                edges &= edges - 1;
            }
            before = words >>> AsciiText.BLOCK - 1;
        }
        last(text, start, end, hash, visitor);
        gap(text, end, to, visitor);
    }

    /** The bits of a block that stand for characters from one to before another one. */
    private static long within(int from, int to, int block) {
        long after = from > block ? -1L << from - block : -1L;
        return to - block < AsciiText.BLOCK ? after & (1L << to - block) - 1 : after;
    }

    private void walkAny(Reading text, int from, int to, Visitor visitor) {
        char[] chars = text.chars();
        boolean word = false;
        int wordStart = from;
        int next = 0;
        int start = from;
        int end = from;
        int hash = 0;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            byte kind = classes[c];
            if (kind == LETTER) {
                if (!word) {
                    word = true;
                    wordStart = i;
                    next = 0;
                }
                next = step(next, c);
                continue;
            }
            if (word) {
                word = false;
                if (mayHold(hash, next)) {
                    wordsAt(text, start, end, hash, next, visitor);
                }
                visitor.word(next, chars[wordStart], chars[wordStart + 1]);
                start = wordStart;
                end = i;
                hash = next;
            }
            if (kind != 0) {
                if (start < end) {
                    last(text, start, end, hash, visitor);
                    start = end;
                    hash = 0;
                }
                other(text, kind, i, visitor);
            }
        }
        if (word) {
            if (mayHold(hash, next)) {
                wordsAt(text, start, end, hash, next, visitor);
            }
            visitor.word(next, chars[wordStart], text.at(wordStart + 1));
            start = wordStart;
            end = to;
            hash = next;
        }
        last(text, start, end, hash, visitor);
    }

    private boolean mayHold(int hash, int next) {
        return words.has(hash) | pairs.has(pair(hash, next));
    }

    /** The word before, at the end of a stretch or before what ends it: the next one is read ahead. */
    private void last(Reading text, int start, int end, int hash, Visitor visitor) {
        int at = end;
        while (at < end + WIDEST_GAP && classes[text.at(at)] != LETTER) {
            at++;
        }
        int next = 0;
        for (int i = at; i < at + LONGEST && classes[text.at(i)] == LETTER; i++) {
            next = step(next, text.at(i));
        }
        if (mayHold(hash, next)) {
            wordsAt(text, start, end, hash, next, visitor);
        }
    }

    private void gap(Reading text, int from, int to, Visitor visitor) {
        for (int i = from; i < to; i++) {
            byte kind = classes[text.at(i)];
            if (kind != 0) {
                other(text, kind, i, visitor);
            }
        }
    }

    private void wordsAt(Reading text, int start, int end, int hash, int next, Visitor visitor) {
        if (start < end) {
            int met = latin(text, start, end, pair(hash, next), 0, visitor);
            latin(text, start, end, hash, met, visitor);
        }
    }

    private int latin(Reading text, int start, int end, int key, int before, Visitor visitor) {
        int met = before;
        for (Entry entry : buckets[bucket(key)]) {
            SubjectTerm term = entry.term;
            if (entry.hash == key && (met & bit(term)) == 0) {
                int last = matchEnd(text, start, term.word());
                if (last >= end) {
                    met |= bit(term);
                    visitor.met(term, start, last);
                }
            }
        }
        return met;
    }

    private void other(Reading text, byte kind, int at, Visitor visitor) {
        char c = text.at(at);
        if (kind == STOP) {
            // A point within a number or an abbreviation ends nothing, nor does the end of a line alone.
            char next = text.at(at + 1);
            if (c == '.' ? next <= ' ' : c != '\n' || next == '\n') {
                visitor.sentenceEnd();
            }
            return;
        }
        visitor.han(c);
        int met = 0;
        int pair = pair(c, text.at(at + 1));
        if (chinese.has(pair)) {
            for (Entry entry : buckets[bucket(pair)]) {
                SubjectTerm term = entry.term;
                if (entry.hash == pair && (met & bit(term)) == 0 && text.matches(at, term.word(), true)) {
                    met |= bit(term);
                    visitor.met(term, at, at + term.word().length());
                }
            }
        }
        if (kind == SINGLE) {
            for (SubjectTerm term : singles[bucket(c)]) {
                if ((met & bit(term)) == 0 && term.word().charAt(0) == c) {
                    visitor.met(term, at, at + 1);
                }
            }
        }
    }

    /** Where the word ends that begins there; -1 if another one does. */
    private static int matchEnd(Reading text, int start, String word) {
        int at = start;
        for (int i = 0; i < word.length(); i++) {
            char expected = word.charAt(i);
            if (expected == ' ') {
                int gap = gapEnd(text, at);
                if (gap == at) {
                    return -1;
                }
                at = gap;
            } else if (lower(text.at(at)) == expected) {
                at++;
            } else {
                return -1;
            }
        }
        return Character.isLetterOrDigit(text.at(at)) && !Han.is(text.at(at)) ? -1 : at;
    }

    private static int gapEnd(Reading text, int at) {
        int end = at;
        while (end < at + WIDEST_GAP && gap(text.at(end))) {
            end++;
        }
        return end;
    }

    private static char lower(char c) {
        return c < 0x80 ? Ascii.lower(c) : Character.toLowerCase(c);
    }

    private static boolean gap(char c) {
        return c == ' ' || c == '-' || c == '_' || c == '\n' || c == '\t' || c == '\r';
    }
}
