package dev.fogline.policies.privacy;

import java.util.Arrays;
import java.util.List;

/** A fixed set of detectors, tried at their anchors in one walk over a text. Immutable; any number of threads may share it. */
public final class Detectors {
    /**
     * Raised whenever the standard detectors may find something that they did not find before: a logged decision that rests
     * on another version is not taken for proof of what a prompt did not hold.
     */
    public static final String VERSION = "1";

    private static final Detectors STANDARD = new Detectors(StandardAnchors.all());

    private final AnchorTable anchors;

    Detectors(List<Anchor.Use> uses) {
        this.anchors = new AnchorTable(uses);
    }

    /** Chinese ID numbers, payment cards, secrets, Chinese mobile numbers and e-mail addresses. */
    public static Detectors standard() {
        return STANDARD;
    }

    /**
     * What the text holds, sorted by place and without overlaps. The time is linear in the text's length whatever it
     * holds.
     */
    public List<Finding> find(CharSequence text) {
        return find(new Reading(text));
    }

    /** The same of a part of an array, which is left as it is. */
    List<Finding> find(char[] chars, int from, int length) {
        return find(new Reading(Arrays.copyOfRange(chars, from, from + length)));
    }

    List<Finding> find(Reading text) {
        var found = new Candidates(text);
        anchors.walk(text, found);
        return found.settled();
    }
}
