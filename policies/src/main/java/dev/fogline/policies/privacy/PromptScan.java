package dev.fogline.policies.privacy;

import dev.fogline.policies.Sensitivity;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all the texts of one request hold, collected text by text. It keeps counts, subjects and no text. One thread at a time.
 *
 * <p>It fails closed: a detector that fails, or is not ready in time, leaves {@link FindingKind#DETECTOR_FAILURE} behind,
 * and the request is RESTRICTED whatever else was found.
 */
public final class PromptScan {
    private final Detectors detectors;
    private final TimeLimit limit;
    private final Noted noted = new Noted();
    private final EnumMap<FindingKind, Integer> findings = new EnumMap<>(FindingKind.class);
    private final EnumSet<FindingKind> fixed = EnumSet.noneOf(FindingKind.class);
    private @Nullable Values values;
    private boolean maskable;
    private boolean late;
    private Sensitivity sensitivity = Sensitivity.PUBLIC;

    private PromptScan(Detectors detectors, TimeLimit limit) {
        this.detectors = detectors;
        this.limit = limit;
    }

    /** For as long as it takes. */
    public static PromptScan with(Detectors detectors) {
        return new PromptScan(detectors, TimeLimit.NONE);
    }

    /** @param limit of all texts together; what is left of them when it is over is not read */
    public static PromptScan with(Detectors detectors, TimeLimit limit) {
        return new PromptScan(detectors, limit);
    }

    /** Adds what one text holds; it never throws. */
    public void text(CharSequence leaf) {
        add(leaf, () -> detectors.find(leaf, limit, noted));
    }

    /**
     * The same of a part of an array, as parsers have it.
     *
     * @return what was found, counted from the text's first character; nothing where a detector failed or came late
     */
    public List<Finding> text(char[] chars, int from, int length) {
        return text(chars, from, length, AsciiText.of(chars, from, length));
    }

    /**
     * The same where it has been counted.
     *
     * @param others how many of its characters are not ASCII
     */
    public List<Finding> text(char[] chars, int from, int length, int others) {
        return text(chars, from, length, AsciiText.of(chars, from, length, others));
    }

    /**
     * The same where the text stands in a JSON document letter by letter, as ASCII without escapes does.
     *
     * @param at where in the document it begins, behind its quotation mark
     */
    public List<Finding> text(char[] chars, int from, int length, byte[] json, int at) {
        boolean room = at >= AsciiText.BEFORE && json.length - at - length >= AsciiText.BEHIND;
        return text(chars, from, length, room ? new AsciiText(json, at, length) : AsciiText.of(chars, from, length));
    }

    private List<Finding> text(char[] chars, int from, int length, @Nullable AsciiText ascii) {
        return add(
                CharBuffer.wrap(chars, from, length), () -> detectors.find(chars, from, length, ascii, limit, noted));
    }

    private List<Finding> add(CharSequence text, Supplier<List<Finding>> search) {
        if (late) {
            return List.of();
        }
        try {
            List<Finding> found = search.get();
            if (!found.isEmpty()) {
                add(found, text);
            }
            limit.check();
            return found;
        } catch (TimeLimit.Exceeded exceeded) {
            late = true;
            add(FindingKind.DETECTOR_FAILURE);
        } catch (RuntimeException | Error failure) {
            // Errors too: whoever runs out of stack or memory has not read the text. The message may quote it: dropped.
            add(FindingKind.DETECTOR_FAILURE);
        }
        return List.of();
    }

    /**
     * Parts of one text, read together: what lies across them, or says what a part of it is, shows only so. A span that
     * begins in one part and ends in another cannot be replaced.
     *
     * @param ends where in the text each part ends
     */
    public void joined(CharSequence text, int[] ends) {
        add(text, () -> {
            List<Finding> found = detectors.find(text, limit, noted);
            for (Finding finding : found) {
                if (Arrays.stream(ends).anyMatch(end -> finding.start() < end && end < finding.end())) {
                    fixed.add(finding.kind());
                }
            }
            return found;
        });
    }

    /** Whether a placeholder could stand for what is found in the texts that follow; not so until this says it. */
    public void maskable(boolean yes) {
        maskable = yes;
    }

    public boolean maskable() {
        return maskable;
    }

    private void add(List<Finding> found, CharSequence text) {
        Values seen = values == null ? new Values() : values;
        values = seen;
        for (Finding finding : found) {
            add(finding.kind());
            seen.add(finding, text);
        }
    }

    private void add(FindingKind kind) {
        if (!maskable) {
            fixed.add(kind);
        }
        findings.merge(kind, 1, Integer::sum);
        sensitivity = sensitivity.max(kind.sensitivity());
    }

    /** That of the most sensitive finding so far; PUBLIC without any. */
    public Sensitivity sensitivity() {
        return sensitivity;
    }

    /** A part that no detector reads: an image, sound, a file, or what nobody knows. */
    public void unreadable() {
        noted.unreadable();
    }

    /** Whatever was found so far. */
    public Content content() {
        return new Content(findings(), values == null ? Map.of() : values.counts(), noted.custom(), noted.subjects());
    }

    /** How often each entry of the policy's own was met so far, by its id; those that were not are absent. */
    public Map<String, Integer> custom() {
        return Map.copyOf(noted.custom());
    }

    /** Kinds of which at least one was found where no placeholder could stand. */
    public Set<FindingKind> fixed() {
        return Set.copyOf(fixed);
    }

    /** How many spans of each kind were found so far; kinds that were not found are absent. */
    public Map<FindingKind, Integer> findings() {
        if (findings.isEmpty() && noted.unreadableStretches() == 0) {
            return Map.of();
        }
        var all = new EnumMap<>(findings);
        if (noted.unreadableStretches() > 0) {
            all.put(FindingKind.UNREADABLE, noted.unreadableStretches());
        }
        return Collections.unmodifiableMap(all);
    }
}
