package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How a policy has requests masked.
 *
 * @param instructs whether the model is told to leave placeholders as they are
 * @param instruction the words for that, if they are the policy's own
 * @param redact kinds of which nothing comes back: masked whatever their level is, and never restored
 */
public record MaskRule(boolean instructs, Optional<String> instruction, Set<FindingKind> redact) {
    /** What holds where a policy says nothing. */
    public static final MaskRule STANDARD = new MaskRule(true, Optional.empty(), Set.of());

    /** What is a stretch of text, and can be replaced. */
    static final Set<FindingKind> SPANS =
            EnumSet.complementOf(EnumSet.of(FindingKind.DETECTOR_FAILURE, FindingKind.UNREADABLE));

    /** Parts of a message whose content nobody reads. */
    private static final Set<String> UNREADABLE = Set.of("image", "audio", "file", "remote_media", "unknown_part");

    public MaskRule {
        redact = Set.copyOf(redact);
    }

    /** Whether what is found of this kind may leave only masked. */
    public boolean masks(FindingKind kind, SensitivityLevels levels) {
        return redact.contains(kind) || levels.of(kind).compareTo(Sensitivity.CONFIDENTIAL) >= 0;
    }

    /**
     * @param found all kinds that were found
     * @param custom ids of the policy's own entries that were found
     * @param fixed those that were found at least once where no placeholder can stand
     * @param said what the caller says that the request is
     * @param features of the request, see {@link RequestFacts}
     */
    public Masking of(
            SensitivityLevels levels,
            Collection<FindingKind> found,
            Collection<String> custom,
            Set<FindingKind> fixed,
            Optional<Sensitivity> said,
            Collection<String> features) {
        var kinds = new HashSet<FindingKind>();
        boolean whole = levels.least().compareTo(Sensitivity.CONFIDENTIAL) < 0
                // What the caller calls private is the text as such, and not only what a detector finds in it.
                && said.filter(level -> level.compareTo(Sensitivity.CONFIDENTIAL) >= 0)
                        .isEmpty();
        for (FindingKind kind : found) {
            if (masks(kind, levels)) {
                kinds.add(kind);
                whole &= !fixed.contains(kind) && SPANS.contains(kind);
            }
        }
        // A stretch of two kinds goes by the one that comes first; where that may be read, the other would be too.
        boolean hides =
                found.stream().anyMatch(kind -> kind.compareTo(FindingKind.CUSTOM) < 0 && !kinds.contains(kind));
        if (hides
                && !custom.isEmpty()
                && levels.of(Set.of(FindingKind.CUSTOM), custom).compareTo(Sensitivity.CONFIDENTIAL) >= 0) {
            whole = false;
        }
        if (whole && !kinds.isEmpty()) {
            whole = !found.contains(FindingKind.UNREADABLE) && features.stream().noneMatch(UNREADABLE::contains);
        }
        return new Masking(kinds, fixed, whole);
    }
}
