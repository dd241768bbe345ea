package dev.fogline.gateway.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Whether bytes are UTF-8. Jackson also takes overlong forms and code points beyond the last one: whoever reads them next
 * may see another text than the detectors did.
 */
final class Utf8 {
    private static final int AT_ONCE = 1024;

    private Utf8() {}

    static boolean isValid(byte[] bytes) {
        return isAscii(bytes) || decodes(bytes);
    }

    /** Without a way out of the loop, so that it looks at many bytes at once. */
    private static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte one : bytes) {
            all |= one;
        }
        return all >= 0;
    }

    private static boolean decodes(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer decoded = CharBuffer.allocate(AT_ONCE);
        CoderResult result;
        do {
            result = decoder.decode(in, decoded.clear(), true);
        } while (result.isOverflow());
        return !result.isError();
    }
}
