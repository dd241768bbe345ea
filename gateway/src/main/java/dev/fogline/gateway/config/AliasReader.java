package dev.fogline.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that stand for a target or a choice: those of the file, else the well-known families. */
final class AliasReader {
    private static final Set<String> CHOICES = Set.of("auto", "edge", "cloud");

    private AliasReader() {}

    static Map<String, String> read(String source, ConfigFile file, ConfigFile builtIn, List<TargetConfig> targets) {
        Map<String, String> aliases = file.aliases() != null ? file.aliases() : builtIn.aliases();
        var resolved = new LinkedHashMap<String, String>();
        for (var alias : (aliases == null ? Map.<String, String>of() : aliases).entrySet()) {
            String meaning = alias.getValue();
            boolean known = CHOICES.contains(meaning)
                    || targets.stream().anyMatch(t -> t.target().id().equals(meaning));
            if (!known) {
                throw new ConfigException(source + ": the alias '" + alias.getKey() + "' stands for '" + meaning
                        + "', which is neither auto, edge, cloud nor a target's id");
            }
            if (alias.getKey().indexOf('*') != alias.getKey().lastIndexOf('*')) {
                throw new ConfigException(source + ": the alias '" + alias.getKey() + "' may hold one * only");
            }
            resolved.put(alias.getKey(), meaning);
        }
        return Collections.unmodifiableMap(resolved);
    }
}
