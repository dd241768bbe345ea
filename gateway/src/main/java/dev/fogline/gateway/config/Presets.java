package dev.fogline.gateway.config;

import java.util.TreeMap;

/** What is known of the providers, by name. */
record Presets(TreeMap<String, Preset> presets) {

    /** Read when the first target names a provider: many gateways have none that does, and start sooner. */
    private static final class Known {
        static final Presets ALL = Texts.yaml("presets.yaml", Texts.resource("/presets.yaml"), Presets.class);
    }

    /** @throws ConfigException when there is none of this name */
    static Preset named(String where, String name) {
        TreeMap<String, Preset> presets = Known.ALL.presets;
        Preset preset = presets.get(name);
        if (preset == null) {
            throw new ConfigException(
                    where + " names the provider '" + name + "', which has no preset; there are " + presets.keySet());
        }
        return preset;
    }
}
