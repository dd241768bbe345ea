package dev.fogline.gateway.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether a JSON document may hold a placeholder's opener, as it is or escaped. */
final class OpenerBytes {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long EACH = 0x0101010101010101L;
    private static final long TOP = 0x8080808080808080L;
    private static final long TWOS = '2' * EACH;

    private OpenerBytes() {}

    static boolean mayStandIn(byte[] json) {
        for (int i = 0; i + 2 < json.length; i++) {
            if (i + Long.BYTES <= json.length && noneBegins((long) EIGHT.get(json, i))) {
                i += Long.BYTES - 1;
            } else if (asItIs(json, i) || escaped(json, i)) {
                return true;
            }
        }
        return false;
    }

    /** Neither a byte beyond ASCII nor a 2: how a byte equal to another is found among eight is in Warren, "Hacker's Delight", 6-1. */
    private static boolean noneBegins(long eight) {
        long others = eight ^ TWOS;
        return ((eight | (others - EACH & ~others)) & TOP) == 0;
    }

    /** U+27E6 in UTF-8. */
    private static boolean asItIs(byte[] json, int at) {
        return json[at] == (byte) 0xE2 && json[at + 1] == (byte) 0x9F && json[at + 2] == (byte) 0xA6;
    }

    /** Behind a backslash and a u, which are not looked for. */
    private static boolean escaped(byte[] json, int at) {
        return json[at] == '2' && json[at + 1] == '7' && (json[at + 2] == 'e' || json[at + 2] == 'E');
    }
}
