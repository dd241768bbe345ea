package dev.fogline.gateway;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that sort by time and do not repeat: 48 bits of milliseconds and 64 random bits, as 28 hexadecimal digits. */
final class ExchangeIds {
    private static final HexFormat HEX = HexFormat.of();

    private ExchangeIds() {}

    static String next(long epochMillis) {
        return HEX.toHexDigits(epochMillis, 12)
                + HEX.toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
