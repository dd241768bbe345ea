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
}
