package dev.fogline.policies.privacy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Address of a wallet: bitcoin's old ones and what copies them, such as litecoin, dogecoin and tron (base58 with a checksum), and
 * ethereum's. Those of bitcoin that start with bc1 are in {@link Bech32}.
 */
record Wallet() implements Detector {
    private static final Alphabet LETTERS = Alphabet.of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkmnopqrstuvwxyzl");
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    /** By the version of each of these. */
    private static final Alphabet FIRST = Alphabet.of("13LMDAT");

    private static final int SHORTEST = 26;
    private static final int LONGEST = 35;
    private static final int ETHEREUM = 42;
    private static final BigInteger BASE = BigInteger.valueOf(58);

    @Override
    public void at(Reading text, int at, Candidates found) {
        int start = text.runStart(at, LETTERS, LONGEST);
        if (Ascii.alphanumeric(text.at(start - 1))) {
            return; // amid a word that was read from its first digit
        }
        char first = text.at(start);
        if (first == '0' && Ascii.lower(text.at(start + 1)) == 'x') {
            int end = text.runEnd(start + 2, Alphabet.HEX.and("ABCDEF"), ETHEREUM);
            if (end - start == ETHEREUM && !Ascii.alphanumeric(text.at(end))) {
                found.add(FindingKind.WALLET, start, end, Evidence.PATTERN);
            }
        } else if (FIRST.has(first)) {
            int end = text.runEnd(start, Alphabet.ALPHANUMERIC, LONGEST + 1);
            if (end - start >= SHORTEST && end - start <= LONGEST && checks(text.span(start, end))) {
                found.add(FindingKind.WALLET, start, end, Evidence.CHECKSUM);
            }
        }
    }

    /** A version, 20 bytes, and the first four of their double digest. */
    private static boolean checks(String address) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < address.length(); i++) {
            int digit = BASE58.indexOf(address.charAt(i));
            if (digit < 0) {
                return false;
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[25];
        int length = Math.min(bytes.length, padded.length);
        if (bytes.length > padded.length + 1) {
            return false;
        }
        System.arraycopy(bytes, bytes.length - length, padded, padded.length - length, length);
        byte[] digest = sha256(sha256(Arrays.copyOf(padded, 21)));
        return Arrays.equals(Arrays.copyOf(digest, 4), Arrays.copyOfRange(padded, 21, 25));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
