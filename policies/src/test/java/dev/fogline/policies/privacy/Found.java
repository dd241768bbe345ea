package dev.fogline.policies.privacy;

import java.util.List;

/** Reads findings back as "kind:text", for tests only. */
final class Found {
    private static final class OfNames {
        static final Detectors DETECTORS = new Detectors(Names.with(List.of()));
    }

    private Found() {}

    static List<String> in(String text) {
        return in(text, Detectors.standard());
    }

    /** Names of people and organisations only. */
    static List<String> names(String text) {
        return in(text, OfNames.DETECTORS);
    }

    private static List<String> in(String text, Detectors detectors) {
        return detectors.find(text).stream()
                .map(f -> f.kind().id() + ":" + text.substring(f.start(), f.end()))
                .toList();
    }
}
