package dev.fogline.gateway.api;

/**
 * One server-sent event as it came, blank line included.
 *
 * @param bytes holds the event from {@code start} to {@code end}; shared with its neighbours, not to be changed
 * @param data what its {@code data:} lines say; empty for a comment
 */
record SseEvent(byte[] bytes, int start, int end, Slice data) {
    record Slice(byte[] bytes, int start, int end) {
        static final Slice EMPTY = new Slice(new byte[0], 0, 0);

        int length() {
            return end - start;
        }

        boolean is(String ascii) {
            if (length() != ascii.length()) {
                return false;
            }
            for (int i = 0; i < ascii.length(); i++) {
                if (bytes[start + i] != ascii.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether its data stands in it as it is: that of several lines has been joined elsewhere. */
    @SuppressWarnings("ReferenceEquality") // The arrays themselves are meant.
    boolean oneLine() {
        return data.bytes() == bytes;
    }

    boolean isComment() {
        return data.length() == 0;
    }
}
