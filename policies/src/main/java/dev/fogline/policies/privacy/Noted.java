package dev.fogline.policies.privacy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What detectors note of all texts of a request beside the spans that they find. One thread at a time. */
final class Noted {
    private final Map<String, Integer> custom = new TreeMap<>();
    private final EnumSet<Subject> subjects = EnumSet.noneOf(Subject.class);
    private @Nullable Affairs affairs;
    private int unreadable;

    Noted() {}

    /** For training. */
    Noted(Affairs affairs) {
        this.affairs = affairs;
    }

    void custom(String id) {
        custom.merge(id, 1, Integer::sum);
    }

    /** What weighs the words of a text: one for all texts, since its table is large. */
    Affairs affairs() {
        if (affairs == null) {
            affairs = new Affairs();
        }
        return affairs;
    }

    void subject(Subject subject) {
        subjects.add(subject);
    }

    /** A stretch that is no text: bytes of an image or a file. */
    void unreadable() {
        unreadable++;
    }

    /** How often each of the policy's own entries was met; of words that are part of each other, each. */
    Map<String, Integer> custom() {
        return custom;
    }

    /** What the texts are about. */
    Set<Subject> subjects() {
        return subjects;
    }

    int unreadableStretches() {
        return unreadable;
    }
}
