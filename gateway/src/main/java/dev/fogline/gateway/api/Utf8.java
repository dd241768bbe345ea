package dev.fogline.gateway.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8, as table 3-7 of the Unicode Standard has it. Jackson also takes overlong forms and code points beyond
 * the last one: whoever reads them next may see another text than the detectors did.
 */
final class Utf8 {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long TOP = 0x8080808080808080L;

    private Utf8() {}

    static boolean isValid(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (at + Long.BYTES <= bytes.length && ((long) EIGHT.get(bytes, at) & TOP) == 0) {
                at += Long.BYTES;
                continue;
            }
            int length = lengthAt(bytes, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** How many bytes the character takes that begins there; 0 if none does. */
    private static int lengthAt(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            // What goes on looks like 10xxxxxx, which as a signed byte is less than -64.
            if (bytes[at + i] >= -64) {
                return 0;
            }
        }
        int second = length > 2 ? bytes[at + 1] & 0xFF : 0;
        boolean another = switch (lead) {
            case 0xE0 -> second < 0xA0; // two bytes would have done
            case 0xED -> second > 0x9F; // half of a surrogate pair
            case 0xF0 -> second < 0x90; // three bytes would have done
            case 0xF4 -> second > 0x8F; // beyond the last code point
            default -> false;
        };
        return another ? 0 : length;
    }
}
