package dev.fogline.policies;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
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
        return redact.contains(kind) || confidential(levels.of(kind));
    }

    /** The kinds found in a request that are masked in it: also those that are private only beside each other. */
    public Set<FindingKind> kinds(SensitivityLevels levels, Content content) {
        var kinds = EnumSet.noneOf(FindingKind.class);
        List<Combination> held = levels.held(content);
        for (FindingKind kind : content.findings().keySet()) {
            if (masks(kind, levels)
                    || held.stream()
                            .anyMatch(
                                    one -> confidential(one.level()) && one.of().contains(kind))) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /**
     * @param fixed kinds that were found at least once where no placeholder can stand
     * @param said what the caller says that the request is
     * @param features of the request, see {@link RequestFacts}
     */
    public Masking of(
            SensitivityLevels levels,
            Content content,
            Set<FindingKind> fixed,
            Optional<Sensitivity> said,
            Collection<String> features) {
        Set<FindingKind> kinds = kinds(levels, content);
        // What the request is about, and what the caller calls private, is the text as such: no placeholder takes it
        // away.
        boolean whole = !confidential(levels.about(content))
                && said.filter(MaskRule::confidential).isEmpty();
        for (FindingKind kind : kinds) {
            whole &= !fixed.contains(kind) && SPANS.contains(kind);
        }
        // A stretch of two kinds goes by the one that comes first; where that may be read, the other would be too.
        if (!content.custom().isEmpty()
                && confidential(levels.ofCustom(content.custom().keySet()))
                && content.findings().keySet().stream()
                        .anyMatch(kind -> kind.compareTo(FindingKind.CUSTOM) < 0 && !kinds.contains(kind))) {
            whole = false;
        }
        if (whole && !kinds.isEmpty()) {
            whole = !content.findings().containsKey(FindingKind.UNREADABLE)
                    && features.stream().noneMatch(UNREADABLE::contains);
        }
        return new Masking(kinds, fixed, whole);
    }

    private static boolean confidential(Sensitivity level) {
        return level.compareTo(Sensitivity.CONFIDENTIAL) >= 0;
    }
}
