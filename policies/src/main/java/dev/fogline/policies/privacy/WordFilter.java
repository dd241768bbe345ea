package dev.fogline.policies.privacy;

/** A set of words by their hashes (Bloom 1970): a word of it is always found, another one rarely. */
record WordFilter(long[] bits) {
    private static final int PROBES = 5;

    boolean has(int hash) {
        int step = Words.mix(hash) | 1;
        int at = hash;
        for (int i = 0; i < PROBES; i++) {
            int bit = Math.floorMod(at, bits.length * 64);
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
            int bit = Math.floorMod(at, bits.length * 64);
            bits[bit >>> 6] |= 1L << bit;
            at += step;
        }
    }
}
