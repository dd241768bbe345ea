package dev.fogline.gateway.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Bytes that were good, with a few things wrong. */
final class Mutation {
    private final Random random;
    private final List<String> seeds;

    Mutation(long seed, List<String> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] bytes = seed();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] changed(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 3 : 60));
        return switch (random.nextInt(6)) {
            case 0 -> joined(bytes, from, word(), to);
            case 1 -> joined(bytes, from, word(), from);
            case 2 -> joined(bytes, from, new byte[0], to);
            case 3 -> joined(bytes, to, java.util.Arrays.copyOfRange(bytes, from, to), to);
            case 4 -> joined(bytes, from, new byte[] {(byte) random.nextInt(256)}, Math.min(bytes.length, from + 1));
            default -> {
                byte[] other = seed();
                int at = random.nextInt(other.length + 1);
                yield joined(bytes, from, java.util.Arrays.copyOfRange(other, at, other.length), bytes.length);
            }
        };
    }

    private byte[] word() {
        return FuzzSeeds.WORDS.get(random.nextInt(FuzzSeeds.WORDS.size())).getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes up to {@code from}, others instead of what follows, and the bytes after {@code to}. */
    private static byte[] joined(byte[] bytes, int from, byte[] instead, int to) {
        var all = new ByteArrayOutputStream();
        all.write(bytes, 0, from);
        all.writeBytes(instead);
        all.write(bytes, to, bytes.length - to);
        return all.toByteArray();
    }
}
