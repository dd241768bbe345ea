package dev.fogline.policies.privacy;

/** A set of ASCII characters. */
record Alphabet(long low, long high) {
    static final Alphabet ALL = new Alphabet(-1, -1);
    static final Alphabet NONE = new Alphabet(0, 0);
    static final Alphabet DIGITS = of("0123456789");
    static final Alphabet HEX = DIGITS.and("abcdef");
    static final Alphabet HEX_ANY_CASE = HEX.and("ABCDEF");
    static final Alphabet LOWER = DIGITS.and("abcdefghijklmnopqrstuvwxyz");
    static final Alphabet UPPER = DIGITS.and("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    static final Alphabet ALPHANUMERIC = LOWER.and("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    static final Alphabet WORD = ALPHANUMERIC.and("_-");
    static final Alphabet DOTTED = WORD.and(".");
    static final Alphabet BASE64 = ALPHANUMERIC.and("+/=");
    static final Alphabet TOKEN = DOTTED.and("+/=~");

    static Alphabet of(String characters) {
        return new Alphabet(0, 0).and(characters);
    }

    Alphabet and(String more) {
        long low = this.low;
        long high = this.high;
        for (int i = 0; i < more.length(); i++) {
            char c = more.charAt(i);
            if (c < 64) {
                low |= 1L << c;
            } else {
                high |= 1L << (c - 64);
            }
        }
        return new Alphabet(low, high);
    }

    boolean has(char c) {
        return c < 64 ? (low >>> c & 1) != 0 : c < 128 && (high >>> (c - 64) & 1) != 0;
    }
}
