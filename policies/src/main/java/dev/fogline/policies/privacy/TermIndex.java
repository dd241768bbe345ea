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

    /** Of a place: words fall into it, or some begin with a word that does. */
    private static final int HOLDS = 1;

    private static final int BEGINS = 2;

    /** Spaces and the like between two words of a term. */
    private static final int WIDEST_GAP = 4;

    private static final int BUCKETS = 1 << 14;
    private static final int GOLDEN = 0x9E3779B9;
    private static final int SHIFT = 32 - 14;
    private static final int PLACES = 1 << 16;

    /** A term and the hash that it is looked up by. */
    private record Entry(int hash, SubjectTerm term) {}

    private final byte[] classes = new byte[1 << 16];

    /** Two bits for each of more places than there are buckets: most words of a text share one with no word of ours. */
    private final long[] used = new long[PLACES * 2 / Long.SIZE];

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
                int firstWord = firstWord(word);
                int hash = hash(word);
                add(hash, term);
                use(firstWord, hash == firstWord ? HOLDS : BEGINS);
            } else if (word.length() == 1) {
                classes[first] = SINGLE;
                singles[bucket(first)] = with(singles[bucket(first)], term);
            } else {
                add(pair(first, word.charAt(1)), term);
            }
        }
    }

    private void add(int hash, SubjectTerm term) {
        use(hash, HOLDS);
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

    private void use(int hash, int how) {
        int place = hash * GOLDEN >>> 16;
        used[place >>> 5] |= (long) how << (place << 1);
    }

    private int used(int hash) {
        int place = hash * GOLDEN >>> 16;
        return (int) (used[place >>> 5] >>> (place << 1)) & (HOLDS | BEGINS);
    }

    private static int bit(SubjectTerm term) {
        return term.subject() == null ? 1 : 2 << term.subject().ordinal();
    }

    private static int firstWord(String word) {
        int hash = 0;
        for (int i = 0; i < firstEnd(word); i++) {
            hash = step(hash, word.charAt(i));
        }
        return hash;
    }

    private static int firstEnd(String word) {
        int end = 0;
        while (end < word.length() && Character.isLetterOrDigit(word.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Of the first word, and of the letter that the second begins with: many begin with "my". */
    private static int hash(String word) {
        int end = firstEnd(word);
        return end + 1 < word.length() && word.charAt(end) == ' '
                ? step(firstWord(word), word.charAt(end + 1))
                : firstWord(word);
    }

    private static int step(int hash, char c) {
        return hash * 31 + Ascii.lower(c);
    }

    private static int pair(char first, char second) {
        return first * 31 + second;
    }

    private static int bucket(int hash) {
        return hash * GOLDEN >>> SHIFT;
    }

    void walk(Reading text, int from, int to, Visitor visitor) {
        char[] chars = text.chars();
        int hash = 0;
        int start = from;
        boolean word = false;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            byte kind = classes[c];
            if (kind == LETTER) {
                if (!word) {
                    word = true;
                    start = i;
                    hash = 0;
                }
                hash = step(hash, c);
                continue;
            }
            if (word) {
                word = false;
                visitor.word(hash, chars[start], chars[start + 1]);
                latin(text, hash, start, i, visitor);
            }
            if (kind != 0) {
                other(text, kind, i, visitor);
            }
        }
        if (word) {
            visitor.word(hash, chars[start], text.at(start + 1));
            latin(text, hash, start, to, visitor);
        }
    }

    private void latin(Reading text, int hash, int start, int end, Visitor visitor) {
        int here = used(hash);
        if (here == 0) {
            return;
        }
        int met = 0;
        if ((here & BEGINS) != 0) {
            int next = gapEnd(text, end);
            met = next > end ? latin(text, step(hash, text.at(next)), start, end, 0, visitor) : 0;
        }
        if ((here & HOLDS) != 0) {
            latin(text, hash, start, end, met, visitor);
        }
    }

    private int latin(Reading text, int hash, int start, int end, int before, Visitor visitor) {
        int met = before;
        for (Entry entry : buckets[bucket(hash)]) {
            SubjectTerm term = entry.term;
            if (entry.hash == hash && (met & bit(term)) == 0) {
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
        if (used(pair) != 0) {
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
