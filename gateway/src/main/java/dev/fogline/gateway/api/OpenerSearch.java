package dev.fogline.gateway.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Tells JSON in which a placeholder may begin from that in which none does, without reading it. */
final class OpenerSearch {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final byte[] OPENER = "\\u27e".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BACKSLASH = "\\u005c".getBytes(StandardCharsets.US_ASCII);

    private OpenerSearch() {}

    /** Whether these bytes hold an opener, as it is or escaped, or a backslash inside a text of JSON. */
    static boolean mayHold(byte[] bytes, int start, int end) {
        int i = start;
        while (i + 2 < end) {
            if (i + Long.BYTES <= end && plain((long) EIGHT.get(bytes, i))) {
                i += Long.BYTES;
                continue;
            }
            byte b = bytes[i];
            if (b == (byte) 0xE2 && bytes[i + 1] == (byte) 0x9F && bytes[i + 2] == (byte) 0xA6) {
                return true;
            }
            if (b == '\\' && (bytes[i + 1] == '\\' || isAt(OPENER, bytes, i, end) || isAt(BACKSLASH, bytes, i, end))) {
                return true;
            }
            i++;
        }
        return false;
    }

    /** In whatever case its hexadecimal digits are. */
    private static boolean isAt(byte[] escape, byte[] bytes, int at, int end) {
        if (at + escape.length > end) {
            return false;
        }
        for (int i = 0; i < escape.length; i++) {
            // Signs and small letters have that bit anyway.
            if ((bytes[at + i] | (i > 1 ? ' ' : 0)) != escape[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether eight bytes are ASCII without a backslash, as nearly all are. */
    private static boolean plain(long eight) {
        long backslash = eight ^ 0x5C5C5C5C5C5C5C5CL;
        long zero = (backslash - 0x0101010101010101L) & ~backslash;
        return ((eight | zero) & 0x8080808080808080L) == 0;
    }
}
