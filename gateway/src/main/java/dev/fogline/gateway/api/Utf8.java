package dev.fogline.gateway.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8. Jackson also takes overlong forms and code points beyond the last one: whoever reads them next
 * may see another text than the detectors did.
 */
final class Utf8 {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long TOP = 0x8080808080808080L;

    private Utf8() {}

    static boolean isValid(byte[] bytes) {
        return isAscii(bytes) || com.google.common.base.Utf8.isWellFormed(bytes);
    }

    /** Eight at a time; a byte beyond ASCII has the top bit set. */
    private static boolean isAscii(byte[] bytes) {
        long all = 0;
        int whole = bytes.length & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            all |= (long) EIGHT.get(bytes, i);
        }
        for (int i = whole; i < bytes.length; i++) {
            all |= bytes[i];
        }
        return (all & TOP) == 0;
    }
}
