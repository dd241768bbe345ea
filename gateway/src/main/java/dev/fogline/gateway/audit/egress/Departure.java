package dev.fogline.gateway.audit.egress;

import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.privacy.FindingKind;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A body that is about to be sent to a cloud target.
 *
 * @param decision id of the exchange
 * @param policy revision that decided
 * @param findings how often each kind was found in the request as it came
 * @param custom how often each entry of the policy's own was found, by its id
 * @param masked whether what had to be masked leaves as placeholders
 * @param again it is sent a second time, because a kept connection turned out to be closed
 * @param body exactly what leaves; only its length and its digest are recorded
 */
public record Departure(
        String decision,
        String policy,
        String target,
        Sensitivity sensitivity,
        Map<FindingKind, Integer> findings,
        Map<String, Integer> custom,
        boolean masked,
        boolean again,
        Buffer body) {

    /** The fields of its record; every text in it is an id that needs no escaping. */
    String fields(String digest) {
        var line = new StringBuilder(256)
                .append("\"decision\":\"")
                .append(decision)
                .append("\",\"policy\":\"")
                .append(policy)
                .append("\",\"target\":\"")
                .append(target)
                .append("\",\"sensitivity\":\"")
                .append(sensitivity.name().toLowerCase(Locale.ROOT))
                .append("\",\"findings\":");
        var byKind = new TreeMap<String, Integer>();
        findings.forEach((kind, count) -> byKind.put(kind.id(), count));
        counts(line, byKind);
        if (!custom.isEmpty()) {
            counts(line.append(",\"custom\":"), new TreeMap<>(custom));
        }
        line.append(",\"masked\":").append(masked);
        if (again) {
            line.append(",\"again\":true");
        }
        return line.append(",\"bytes\":")
                .append(body.length())
                .append(",\"digest\":\"")
                .append(digest)
                .append('"')
                .toString();
    }

    private static void counts(StringBuilder line, TreeMap<String, Integer> counts) {
        char before = '{';
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            line.append(before).append('"').append(entry.getKey()).append("\":").append(entry.getValue());
            before = ',';
        }
        line.append(counts.isEmpty() ? "{}" : "}");
    }
}
