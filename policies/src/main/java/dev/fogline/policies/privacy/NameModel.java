package dev.fogline.policies.privacy;

import java.util.List;

/**
 * A model that finds names, such as one for named-entity recognition in ONNX, supplied by whoever runs Fogline. It runs
 * beside the built-in ways to find names wherever a policy lists the detectors {@code names}; what it finds is added to what
 * they find.
 *
 * <p>To supply one: implement this in a jar with a public constructor without arguments, name the class in the jar's
 * {@code META-INF/services/dev.fogline.policies.privacy.NameModel}, and set {@code FOGLINE_NAME_MODEL} to that jar and those
 * that it needs, such as onnxruntime, separated as a class path is. It is made once, when the first policy with {@code names}
 * is read, and asked once then, so that no request waits for it to load.
 *
 * <p>Any number of threads ask it at the same time. It must be done in time: between two texts, never within one, the time
 * that a request's detection may take is looked at. One that throws, or answers with spans that are not in the text, counts
 * as a detector that failed: its request is restricted, and nothing of it leaves.
 */
public interface NameModel {
    /**
     * Its name and version: 1 to 64 letters, digits, dots, dashes and underscores. It stands in the log of decisions; another
     * one says that earlier findings prove nothing about what this one would have found.
     */
    String id();

    /** The longest text to be given, in UTF-16 units, from 64 to 100,000; longer ones are cut where a sentence or a word ends. */
    default int longest() {
        return 2_000;
    }

    /**
     * The names in a text.
     *
     * @param text with full-width characters in their ASCII form and without invisible ones
     * @return in any order
     */
    List<Name> names(String text);

    /** What a name is of. */
    enum Kind {
        PERSON,
        ORGANISATION
    }

    /**
     * A name.
     *
     * @param start its first character, in UTF-16 units of the text given
     * @param end behind its last character
     * @param confidence in (0, 1]
     */
    record Name(Kind kind, int start, int end, double confidence) {}
}
