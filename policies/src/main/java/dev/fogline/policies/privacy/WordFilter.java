package dev.fogline.policies.privacy;

/** A set of words by their hashes (Bloom 1970): a word of it is always found, another one rarely. */
record WordFilter(long[] bits) {
    private static final int PROBES = 5;

    boolean has(int hash) {
        int step = Words.mix(hash) | 1;
        int at = hash;
        for (int i = 0; i < PROBES; i++) {
            int bit = bit(at);
            if ((bits[bit >>> 6] & (1L << bit)) == 0) {
                return false;
            }
            at += step;
        }
        return true;
    }

    void add(int hash) {
        int step = Words.mix(hash) | 1;
        int at = hash;
        for (int i = 0; i < PROBES; i++) {
            int bit = bit(at);
            bits[bit >>> 6] |= 1L << bit;
            at += step;
        }
    }

    /** Spreads hashes over the bits, whose number is no power of two, without a division. */
    private int bit(int hash) {
        return (int) ((Integer.toUnsignedLong(hash) * (bits.length * 64L)) >>> 32);
    }
}
