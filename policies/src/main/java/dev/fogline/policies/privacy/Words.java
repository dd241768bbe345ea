package dev.fogline.policies.privacy;

import java.util.Arrays;

/**
 * The words of a text in alphabets that know capitals, with what stands between them and what their line looks like. Made
 * in one walk; one thread reads it.
 */
final class Words {
    /** What stands between a word and the one before it; the order says which sign counts where several stand. */
    enum Gap {
        NONE,
        SPACE,
        DASH,
        COMMA,
        CLOSING,
        OPENING,
        STOP,
        COLON,
        /** Another script. */
        SCRIPT,
        /** A sign of source code, or a stop with no space behind it. */
        CODE,
        LINE,
        PARAGRAPH,
        EDGE
    }

    /** How a word is written. */
    enum Form {
        SMALL,
        /** "Anna" */
        CAPITAL,
        /** "A", "A." */
        LETTER,
        /** "ACME" */
        CAPITALS,
        /** "OpenAI", "McDonald", "iPhone": capitals inside */
        MIXED,
        /** "Weeks-Rivas", "H&R": two parts with a capital each */
        JOINED,
        NUMBER,
        /** "28B", "S10" */
        CODE
    }

    private static final String DOMAINS = " com net org io co ai uk de ca ";
    private static final int LONGEST = 40;
    private static final int LINE_BINS = 4;

    private final Reading text;
    private int count;
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int[] hashes = new int[32];
    private byte[] forms = new byte[32];
    private byte[] gaps = new byte[33];
    private byte[] lines = new byte[32];
    /** Which small words occur, each by one bit. */
    private final long[] small;

    private int lineFrom;
    private int lineCapitals;
    private int lineSigns;

    Words(Reading text, TimeLimit limit) {
        this.text = text;
        this.small = new long[Math.clamp(Integer.highestOneBit(text.length() / 64 + 1), 4, 4096)];
        int checked = 0;
        int gap = Gap.EDGE.ordinal();
        for (int i = 0; i < text.length(); ) {
            if (i - checked > 4096) {
                limit.check();
                checked = i;
            }
            char c = text.at(i);
            if (inWord(c)) {
                i = word(i, gap);
                gap = Gap.NONE.ordinal();
            } else {
                Gap sign = sign(c, i);
                boolean second = sign == Gap.LINE && gap >= Gap.LINE.ordinal();
                gap = Math.max(gap, second ? Gap.PARAGRAPH.ordinal() : sign.ordinal());
                lineSigns += sign == Gap.CODE ? 1 : 0;
                if (sign == Gap.LINE) {
                    line();
                }
                i++;
            }
        }
        line();
        gaps[count] = (byte) Gap.EDGE.ordinal();
    }

    int count() {
        return count;
    }

    int start(int word) {
        return starts[word];
    }

    /** Behind the word, without the 's of an owner. */
    int end(int word) {
        return ends[word];
    }

    /** Of the word in lower case; 0 beyond the text. */
    int hash(int word) {
        return word < 0 || word >= count ? 0 : hashes[word];
    }

    /** Beyond the text as of a number. */
    Form form(int word) {
        return word < 0 || word >= count ? Form.NUMBER : FORMS[forms[word]];
    }

    /** Before a word; the number of words is a word here. */
    Gap gap(int word) {
        return word < 0 || word > count ? Gap.EDGE : GAPS[gaps[word]];
    }

    /** What the word's line looks like: how many words with capitals, how many words, and whether it is code. */
    int line(int word) {
        return lines[word];
    }

    /** Whether a line has about as many signs as words. */
    boolean code(int word) {
        return lines[word] >= 2 * LINE_BINS * LINE_BINS;
    }

    /** Whether the word occurs in the text in small letters as well, nearly always right. */
    boolean alsoSmall(int word) {
        int bit = hashes[word] & (small.length * 64 - 1);
        return (small[bit >>> 6] & (1L << bit)) != 0;
    }

    static boolean inWord(char c) {
        return c < 0x80
                ? Ascii.alphanumeric(c)
                : c >= 0xC0 && (c < 0x590 || (c >= 0x1E00 && c < 0x2000)) && Character.isLetter(c);
    }

    private int word(int from, int gap) {
        int end = from;
        int hash = 0;
        int upper = 0;
        int lower = 0;
        int digits = 0;
        int parts = 1;
        boolean join = false;
        while (inWord(text.at(end)) || joins(end, from)) {
            char c = text.at(end);
            boolean capital = c < 0x80 ? Ascii.isUpper(c) : Character.isUpperCase(c);
            if (Ascii.digit(c)) {
                digits++;
            } else if (!inWord(c)) {
                join = true;
            } else if (capital) {
                upper++;
                parts += join ? 1 : 0;
                join = false;
            } else {
                lower++;
                join = false;
            }
            if (end - from < LONGEST) {
                hash = 31 * hash + (c < 0x80 ? Ascii.lower(c) : c == '’' ? '\'' : Character.toLowerCase(c));
            }
            end++;
        }
        int next = end;
        if (end - from > 2 && Ascii.lower(text.at(end - 1)) == 's' && owner(end - 2)) {
            hash = hash(from, end - 2);
            end -= 2;
            lower -= 1;
        }
        add(from, end, mix(hash), form(from, upper, lower, digits, parts), gap);
        return next;
    }

    private boolean owner(int at) {
        return text.at(at) == '\'' || text.at(at) == '’';
    }

    private int hash(int from, int end) {
        int hash = 0;
        for (int i = from; i < Math.min(end, from + LONGEST); i++) {
            char c = text.at(i);
            hash = 31 * hash + (c < 0x80 ? Ascii.lower(c) : c == '’' ? '\'' : Character.toLowerCase(c));
        }
        return hash;
    }

    /** Signs that hold a word together; full stops only those of "U.N." */
    private boolean joins(int at, int from) {
        char c = text.at(at);
        if (at == from || !inWord(text.at(at + 1))) {
            return false;
        }
        boolean initials = c == '.'
                && Ascii.isUpper(text.at(at - 1))
                && Ascii.isUpper(text.at(at + 1))
                && !inWord(text.at(at - 2));
        return c == '\'' || c == '’' || c == '-' || c == '&' || initials || (c == '.' && domain(at + 1));
    }

    /** Of the commonest ends of names of hosts, as companies write themselves. */
    private boolean domain(int at) {
        int end = at;
        while (end < at + 4 && text.at(end) >= 'a' && text.at(end) <= 'z') {
            end++;
        }
        return !inWord(text.at(end)) && end - at > 1 && DOMAINS.contains(" " + text.span(at, end) + " ");
    }

    private Form form(int from, int upper, int lower, int digits, int parts) {
        if (digits > 0) {
            return upper + lower == 0 ? Form.NUMBER : Form.CODE;
        }
        if (upper == 0) {
            return Form.SMALL;
        }
        if (parts > 1 && lower > 0 || parts > 1 && upper == parts) {
            return Form.JOINED;
        }
        if (lower == 0) {
            return upper == 1 ? Form.LETTER : Form.CAPITALS;
        }
        return upper == 1 && !Character.isLowerCase(text.at(from)) ? Form.CAPITAL : Form.MIXED;
    }

    private void add(int start, int end, int hash, Form form, int gap) {
        if (count == starts.length) {
            int more = count * 2;
            starts = Arrays.copyOf(starts, more);
            ends = Arrays.copyOf(ends, more);
            hashes = Arrays.copyOf(hashes, more);
            forms = Arrays.copyOf(forms, more);
            gaps = Arrays.copyOf(gaps, more + 1);
            lines = Arrays.copyOf(lines, more);
        }
        starts[count] = start;
        ends[count] = end;
        hashes[count] = hash;
        forms[count] = (byte) form.ordinal();
        gaps[count] = (byte) gap;
        if (form == Form.SMALL) {
            int bit = hash & (small.length * 64 - 1);
            small[bit >>> 6] |= 1L << bit;
        } else if (form != Form.NUMBER && form != Form.CODE) {
            lineCapitals++;
        }
        count++;
    }

    private void line() {
        int words = count - lineFrom;
        if (words > 0) {
            int share = Math.min(LINE_BINS - 1, lineCapitals * LINE_BINS / words);
            int length = words == 1 ? 0 : words < 4 ? 1 : words < 10 ? 2 : 3;
            int code = lineSigns == 0 ? 0 : lineSigns * 4 > words ? 2 : 1;
            Arrays.fill(lines, lineFrom, count, (byte) ((code * LINE_BINS + length) * LINE_BINS + share));
        }
        lineFrom = count;
        lineCapitals = 0;
        lineSigns = 0;
    }

    /** Of a table: three spaces. */
    private boolean column(int at) {
        return text.at(at) == ' ' && text.at(at + 1) == ' ' && text.at(at + 2) == ' ' && text.at(at - 1) != '\n';
    }

    private Gap sign(char c, int at) {
        return switch (c) {
            case ' ', '\r', '*' -> column(at) ? Gap.COLON : Gap.SPACE;
            case '\t' -> Gap.COLON;
            case '\n' -> Gap.LINE;
            case ',', ';' -> Gap.COMMA;
            case '!', '?' -> Gap.STOP;
            case '.' -> inWord(text.at(at + 1)) ? Gap.CODE : Gap.STOP;
            case ':' -> inWord(text.at(at + 1)) && inWord(text.at(at - 1)) ? Gap.CODE : Gap.COLON;
            case '"', '“', '(', '[', '«', '\'', '‘' -> Gap.OPENING;
            case '”', ')', ']', '»', '’' -> Gap.CLOSING;
            case '-', '–', '—', '/', '|', '•', '&', '·' -> Gap.DASH;
            case '_', '@', '#', '$', '\\', '{', '}', '=', '<', '>', '^', '`', '~', '%', '+' -> Gap.CODE;
            default -> c < 0x80 ? Gap.CODE : Gap.SCRIPT;
        };
    }

    /** Spreads a hash over all bits. */
    static int mix(int hash) {
        int h = hash * 0x9E3779B1;
        h = (h ^ (h >>> 15)) * 0x85EBCA77;
        return h ^ (h >>> 13);
    }

    private static final Form[] FORMS = Form.values();
    private static final Gap[] GAPS = Gap.values();
}
