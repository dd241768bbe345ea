package dev.fogline.gateway.api;

import dev.fogline.gateway.api.MaskSpans.Span;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.Finding;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.PromptScan;
import dev.fogline.policies.privacy.TimeLimit;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A look at what would leave, placeholders in place, before it does: does it hold anything that must be masked? What the
 * request is about was settled before, and masking adds nothing to that. The request must have been read by the detectors of
 * the policy by which it is masked.
 */
final class LastLook {
    /**
     * Stands for a placeholder where what would leave is read once more. No detector takes it for a value, for a part of one,
     * or for anything that says what its neighbours are. Signs of ASCII would be read in half the time, and each means
     * something somewhere: behind a password a bracket makes a call of it, at the beginning of a text it opens JSON, and a
     * policy's own pattern may be for just that.
     */
    private static final String EMPTY = "" + Placeholders.OPENER + Placeholders.CLOSER;

    /** They leave as keyed hashes. */
    private static final List<String> HASHED = List.of("user", "safety_identifier", "prompt_cache_key");

    private final ChatRequest request;
    private final Policy policy;
    private final Set<FindingKind> masked;
    private final List<MaskedText> texts;

    /**
     * @param masked kinds of which nothing may be left
     * @param texts all in which something may have been masked, in their order
     */
    LastLook(ChatRequest request, Policy policy, Set<FindingKind> masked, List<MaskedText> texts) {
        this.request = request;
        this.policy = policy;
        this.masked = masked;
        this.texts = texts;
    }

    /** @throws UnmaskableException if anything is left */
    void at(Masked made) {
        if (!atWhatChanged(made)) {
            atAll(made);
        }
    }

    /**
     * Looks at the texts that change, where that is enough: all that was found was cut out, since there were as many cuts as
     * findings; what was cut out is what was found, since those bytes say it; and the rest of such a text, read once more, holds
     * nothing that it did not hold before. All other texts are as they were when nothing was found in them. In a long
     * conversation few texts change.
     *
     * @return false where that does not show that nothing is left
     */
    boolean atWhatChanged(Masked made) {
        return allIsCut(made)
                && !confidential(request.content().without(masked).about(Set.of()))
                && restsHoldNothingNew();
    }

    private boolean allIsCut(Masked made) {
        // The edits of texts come first, in the order of the texts.
        Iterator<Masked.Edit> edits = made.edits().iterator();
        var cuts = new EnumMap<FindingKind, Integer>(FindingKind.class);
        for (MaskedText text : texts) {
            for (Span span : text.spans()) {
                cuts.merge(span.kind(), 1, Integer::sum);
                if (text.found() == null || !edits.hasNext() || !cuts(edits.next(), text, span.value())) {
                    return false;
                }
            }
        }
        for (FindingKind kind : masked) {
            if (!Objects.equals(cuts.get(kind), request.findings().get(kind))) {
                return false;
            }
        }
        return true;
    }

    private boolean cuts(Masked.Edit edit, MaskedText text, String value) {
        try {
            return edit.start() >= text.start()
                    && edit.end() <= text.end()
                    && JsonText.of(new String(
                                    request.body(), edit.start(), edit.end() - edit.start(), StandardCharsets.UTF_8))
                            .text()
                            .equals(value);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private boolean restsHoldNothingNew() {
        var scan = PromptScan.with(
                policy.detectors().ofSpans(), TimeLimit.of(request.body().length, DetectionClock.SYSTEM));
        for (MaskedText text : texts) {
            if (!text.spans().isEmpty()) {
                char[] rest = rest(text);
                if (!known(text, scan.text(rest, 0, rest.length))) {
                    return false;
                }
            }
        }
        // No findings with a place: bytes of an image, detectors that failed.
        Set<FindingKind> all = scan.findings().keySet();
        return !all.contains(FindingKind.UNREADABLE) && !all.contains(FindingKind.DETECTOR_FAILURE);
    }

    /** What a text says, but for what is masked in it. */
    private static char[] rest(MaskedText text) {
        String said = text.said();
        int length = said.length();
        for (Span span : text.spans()) {
            length += longer(span);
        }
        char[] rest = new char[length];
        int from = 0;
        int to = 0;
        for (Span span : text.spans()) {
            said.getChars(from, span.start(), rest, to);
            to += span.start() - from;
            EMPTY.getChars(0, EMPTY.length(), rest, to);
            to += EMPTY.length();
            from = span.end();
        }
        said.getChars(from, said.length(), rest, to);
        return rest;
    }

    private static int longer(Span cut) {
        return EMPTY.length() - (cut.end() - cut.start());
    }

    /** Whether all of that stood there before, but for the cuts, and is of kinds that may leave. */
    private boolean known(MaskedText text, List<Finding> now) {
        return now.stream()
                .allMatch(finding -> !masked.contains(finding.kind())
                        && Objects.requireNonNull(text.found()).stream()
                                .anyMatch(before -> finding.kind() == before.kind()
                                        && finding.start() == before.start() + moved(text, before)
                                        && finding.end() == before.end() + moved(text, before)));
    }

    private static int moved(MaskedText text, Finding before) {
        int moved = 0;
        for (Span cut : text.spans()) {
            moved += cut.end() <= before.start() ? longer(cut) : 0;
        }
        return moved;
    }

    /**
     * Reads all of it once more.
     *
     * @throws UnmaskableException if anything is left
     */
    void atAll(Masked made) {
        var edit = new BodyEdit(request);
        HASHED.forEach(edit::drop);
        made.edits().forEach(change -> edit.replaceBytes(change.start(), change.end(), change.words() ? "" : EMPTY));
        ChatRequest left = new ChatRequestReader(policy.detectors().ofSpans()).read(edit.bytes());
        if (!Collections.disjoint(left.findings().keySet(), masked) || confidential(left.content())) {
            throw new UnmaskableException();
        }
    }

    private boolean confidential(Content content) {
        return policy.levels().of(content).compareTo(Sensitivity.CONFIDENTIAL) >= 0;
    }
}
