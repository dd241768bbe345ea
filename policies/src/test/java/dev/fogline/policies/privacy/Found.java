package dev.fogline.policies.privacy;

import java.util.List;

/** Reads findings back as "kind:text", for tests only. */
final class Found {
    private Found() {}

    static List<String> in(String text) {
        return Detectors.standard().find(text).stream()
                .map(f -> f.kind().id() + ":" + text.substring(f.start(), f.end()))
                .toList();
    }
}
