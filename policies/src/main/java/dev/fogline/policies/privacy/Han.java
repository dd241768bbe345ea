package dev.fogline.policies.privacy;

/** Tests of Chinese characters. */
final class Han {
    private static final String NUMERALS = "零〇一二三四五六七八九十百两甲乙丙丁";

    private Han() {}

    static boolean is(char c) {
        return c >= '\u4E00' && c <= '\u9FFF';
    }

    /** A number or a letter of a house, written either way. */
    static boolean numeral(char c) {
        return Ascii.alphanumeric(c) || (c >= '\u3007' && NUMERALS.indexOf(c) >= 0);
    }
}
