package dev.fogline.policies.privacy;

/**
 * How a number is broken into chunks.
 *
 * @param sizes 32 to the power of the position times the size; -1 beyond six chunks
 * @param even all chunks are of one size, but for a shorter last one
 */
record Shape(long sizes, int chunks, boolean even) {
    boolean is(int... expected) {
        long sizes = 0;
        for (int size : expected) {
            sizes = sizes * 32 + size;
        }
        return sizes == this.sizes;
    }
}
