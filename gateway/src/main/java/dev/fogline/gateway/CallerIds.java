package dev.fogline.gateway;

import dev.fogline.gateway.api.BodyEdit;
import dev.fogline.policies.privacy.Detectors;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an application calls its users is its own affair: towards a cloud the fields that name one are replaced by a keyed
 * digest, which tells users apart for abuse reports and caches and says nothing else. Used by one event loop.
 */
final class CallerIds {
    private static final List<String> FIELDS = List.of("user", "safety_identifier", "prompt_cache_key");

    /** A longer one is no key that anybody made up for it. */
    private static final int LONGEST_KEY = 256;

    private final Mac mac;

    /** @param key of the installation, hexadecimal */
    CallerIds(String key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), "HmacSHA256"));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    void replaceIn(BodyEdit edit) {
        for (String field : FIELDS) {
            edit.replaceText(field, this::digest);
        }
    }

    /** As it came, or its digest, which tells requests apart as well, where it says something that detectors find. */
    String idempotencyKey(String value) {
        return value.length() <= LONGEST_KEY && Detectors.standard().find(value).isEmpty() ? value : digest(value);
    }

    private String digest(String value) {
        return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }
}
