package dev.fogline.benchmarks.load;

/** HTTP/1.1's chunked framing, taken off as bytes come, for any cutting. Trailers are not understood; nobody sends any. */
final class ChunkedBody {
    private enum At {
        SIZE,
        DATA,
        AFTER_DATA,
        LAST_LINE
    }

    /** Takes a piece of the body without its framing. */
    interface Sink {
        void accept(byte[] bytes, int from, int to);
    }

    private At at = At.SIZE;
    private int left;

    void reset() {
        at = At.SIZE;
        left = 0;
    }

    /** @return whether the body has ended */
    boolean feed(byte[] bytes, int from, int to, Sink sink) {
        int i = from;
        while (i < to) {
            switch (at) {
                case SIZE -> {
                    byte c = bytes[i++];
                    if (c == '\n') {
                        at = left == 0 ? At.LAST_LINE : At.DATA;
                    } else if (c != '\r') {
                        left = left * 16 + Character.digit(c, 16);
                    }
                }
                case DATA -> {
                    int end = Math.min(to, i + left);
                    sink.accept(bytes, i, end);
                    left -= end - i;
                    i = end;
                    if (left == 0) {
                        at = At.AFTER_DATA;
                    }
                }
                case AFTER_DATA -> {
                    if (bytes[i++] == '\n') {
                        at = At.SIZE;
                    }
                }
                case LAST_LINE -> {
                    if (bytes[i++] == '\n') {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
