package dev.fogline.gateway.config;

import java.util.TreeMap;

/** What is known of the providers, by name. */
record Presets(TreeMap<String, Preset> presets) {

    static Presets load() {
        return Texts.yaml("presets.yaml", Texts.resource("/presets.yaml"), Presets.class);
    }

    /** @throws ConfigException when there is none of this name */
    Preset named(String where, String name) {
        Preset preset = presets.get(name);
        if (preset == null) {
            throw new ConfigException(
                    where + " names the provider '" + name + "', which has no preset; there are " + presets.keySet());
        }
        return preset;
    }
}
