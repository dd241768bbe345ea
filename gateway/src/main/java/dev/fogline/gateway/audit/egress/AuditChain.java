package dev.fogline.gateway.audit.egress;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How one record follows another. Each is a line of JSON that holds its number, the MAC of the one before and, last, the MAC
 * of itself up to there: who has not the installation's key can neither change a line nor write one.
 *
 * <p>Bodies and lines have keys of their own, derived from the installation's, so that no digest of one passes for the MAC of
 * the other. Used by one thread.
 */
final class AuditChain {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String MAC = ",\"mac\":\"";
    private static final int HEX = 64;

    /** What stands behind the bytes that the MAC is of. */
    private static final int SUFFIX = MAC.length() + HEX + "\"}".length();

    private static final Pattern RECORD =
            Pattern.compile("\\{\"v\":1,\"seq\":(\\d{1,18}),\"time\":\"([^\"]+)\",\"type\":"
                    + "\"([a-z]+)\",(.*)\"prev\":\"([0-9a-f]{64})\",\"mac\":\"([0-9a-f]{64})\"}");

    private final Mac lines;
    private final Mac bodies;

    /** @param key of the installation, hexadecimal */
    AuditChain(String key) {
        Mac installation = mac(HexFormat.of().parseHex(key));
        this.lines = mac(installation.doFinal("fogline egress audit, lines".getBytes(StandardCharsets.UTF_8)));
        this.bodies = mac(installation.doFinal("fogline egress audit, bodies".getBytes(StandardCharsets.UTF_8)));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** The record that the next one follows. */
    record Head(long seq, String mac) {
        static final Head NONE = new Head(0, "0".repeat(HEX));
    }

    /** A record and the line that it is, with its end. */
    record Link(Head head, byte[] line) {}

    /** @param fields of the record, as JSON without braces; empty for none */
    Link link(Head before, Instant time, RecordType type, String fields) {
        String signed = "{\"v\":1,\"seq\":" + (before.seq + 1) + ",\"time\":\"" + time + "\",\"type\":\"" + type.label()
                + "\"," + fields + (fields.isEmpty() ? "" : ",") + "\"prev\":\"" + before.mac + '"';
        String mac = hex(lines, signed.getBytes(StandardCharsets.UTF_8));
        return new Link(new Head(before.seq + 1, mac), (signed + MAC + mac + "\"}\n").getBytes(StandardCharsets.UTF_8));
    }

    String digest(byte[] body) {
        return hex(bodies, body);
    }

    private static String hex(Mac mac, byte[] bytes) {
        return HexFormat.of().formatHex(mac.doFinal(bytes));
    }

    /** What a line turns out to be. */
    sealed interface Read {
        /**
         * A record that was written with this key, as it was written. Whether it follows the one before is another question.
         *
         * @param time as it stands there
         * @param fields between its type and {@code prev}
         */
        record Genuine(Head head, String prev, String time, String type, String fields) implements Read {
            boolean follows(Head before) {
                return head.seq == before.seq + 1 && prev.equals(before.mac);
            }

            /** The value of a field that is a number, -1 without it. */
            long number(String field) {
                Matcher found =
                        Pattern.compile("\"" + field + "\":(\\d{1,18})[,}]").matcher(fields);
                return found.find() ? Long.parseLong(found.group(1)) : -1;
            }

            boolean is(RecordType which) {
                return type.equals(which.label());
            }
        }

        /** It has a record's form and another's MAC: it was changed, or written with another key. */
        record Foreign() implements Read {}

        /** Part of a line, or anything else. */
        record Torn() implements Read {}
    }

    /** @param line without its end */
    Read read(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        Matcher record = RECORD.matcher(text);
        if (line.length < SUFFIX || !record.matches()) {
            return new Read.Torn();
        }
        lines.update(line, 0, line.length - SUFFIX);
        String mac = HexFormat.of().formatHex(lines.doFinal());
        if (!mac.equals(record.group(6))) {
            return new Read.Foreign();
        }
        return new Read.Genuine(
                new Head(Long.parseLong(record.group(1)), mac),
                record.group(5),
                record.group(2),
                record.group(3),
                record.group(4));
    }
}
