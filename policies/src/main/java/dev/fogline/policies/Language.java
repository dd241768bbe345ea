package dev.fogline.policies;

import java.util.Locale;

/** What a request is written in, as far as its scripts tell. */
public enum Language {
    /** Mostly Chinese characters. */
    ZH,
    /** Mostly letters without accents, so other languages that are written with them count too. */
    EN,
    OTHER;

    /** A character of these scripts says about as much as so many letters. */
    private static final int LETTERS = 4;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }

    /**
     * @param han Chinese characters
     * @param ascii characters below 128
     * @param other further characters that are no punctuation; Japanese and Korean have more of them than Chinese ones
     */
    public static Language estimate(long han, long ascii, long other) {
        if (LETTERS * Math.max(han, other) < ascii || han + ascii + other == 0) {
            return EN;
        }
        return han > other ? ZH : OTHER;
    }

    /** The same of one text. */
    public static Language of(CharSequence text) {
        long han = 0;
        long ascii = 0;
        long other = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            ascii += c < 0x80 ? 1 : 0;
            han += han(c) ? 1 : 0;
            other += otherScript(c) ? 1 : 0;
        }
        return estimate(han, ascii, other);
    }

    /** Whether it is a Chinese character. */
    public static boolean han(char c) {
        return c >= 0x3400 && c <= 0x9FFF;
    }

    /** Whether it is none, is beyond ASCII, and is no punctuation. */
    public static boolean otherScript(char c) {
        return c >= 0xA0 && !han(c) && !punctuation(c);
    }

    /** General, Chinese and full-width punctuation stands in texts of every language. */
    private static boolean punctuation(char c) {
        return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF65);
    }
}
