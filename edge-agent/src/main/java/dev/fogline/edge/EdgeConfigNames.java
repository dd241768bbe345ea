package dev.fogline.edge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The variables that {@link EdgeConfig} can be set by. */
final class EdgeConfigNames {
    static final Set<String> KNOWN = names();

    private EdgeConfigNames() {}

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        Arrays.stream(EdgeConfig.class.getMethods())
                .map(method -> method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
                .forEach(name -> names.add("FOGLINE_AGENT_" + name));
        return names;
    }
}
