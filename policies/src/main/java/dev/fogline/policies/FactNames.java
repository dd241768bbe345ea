package dev.fogline.policies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The request as conditions see it: each fact a typed variable with a dotted name. */
final class FactNames {
    static final String TOKENS = "request.tokens";
    static final String MODALITIES = "request.modalities";
    static final String TOOLS = "request.tools";
    static final String STREAM = "request.stream";
    static final String SENSITIVITY = "request.sensitivity";
    static final String FINDINGS = "request.findings";
    static final String FEATURES = "request.features";
    static final String PINNED = "request.pinned";

    private static final List<String> MEDIA = List.of("audio", "file", "image");

    private FactNames() {}

    static Map<String, Object> of(RequestFacts facts) {
        Set<String> features = facts.features();
        var modalities = new ArrayList<String>();
        modalities.add("text");
        MEDIA.stream().filter(features::contains).forEach(modalities::add);
        var findings = new TreeMap<String, Long>();
        facts.findings().forEach((kind, count) -> findings.put(kind.id(), (long) count));
        var named = new HashMap<String, Object>();
        named.put(TOKENS, (long) facts.promptTokens());
        named.put(MODALITIES, modalities);
        named.put(TOOLS, features.contains("tools") || features.contains("functions"));
        named.put(STREAM, facts.stream());
        named.put(SENSITIVITY, (long) facts.sensitivity().ordinal());
        named.put(FINDINGS, findings);
        named.put(FEATURES, features.stream().sorted().toList());
        named.put(PINNED, !(facts.pin() instanceof Pin.None));
        for (Sensitivity level : Sensitivity.values()) {
            named.put(level.name(), (long) level.ordinal());
        }
        return named;
    }
}
