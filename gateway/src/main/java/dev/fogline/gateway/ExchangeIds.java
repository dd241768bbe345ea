package dev.fogline.gateway;

import java.util.concurrent.ThreadLocalRandom;

/** Ids that sort by time and do not repeat: 48 bits of milliseconds and 64 random bits, as 28 hexadecimal digits. */
final class ExchangeIds {
    private ExchangeIds() {}

    static String next(long epochMillis) {
        return String.format(
                "%012x%016x",
                epochMillis & 0xffff_ffff_ffffL, ThreadLocalRandom.current().nextLong());
    }
}
