package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Names as they are written for people. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Integer> counts(Map<FindingKind, Integer> findings) {
        var byName = new TreeMap<String, Integer>();
        findings.forEach((kind, count) -> byName.put(kind.id(), count));
        return byName;
    }
}
