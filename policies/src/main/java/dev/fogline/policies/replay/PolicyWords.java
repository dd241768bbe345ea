package dev.fogline.policies.replay;

import dev.fogline.policies.Asked;
import dev.fogline.policies.Policy;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.FindingKind;
import java.util.List;
import java.util.Set;

/**
 * What a policy says of which facts may be written down: the words in its conditions are its author's, and no caller's.
 *
 * @param headers that its conditions may ask for
 * @param words the texts in its conditions
 * @param asked what each rule asks for
 * @param detectors the version of those that read requests for it
 * @param kinds what they look for
 */
public record PolicyWords(
        Set<String> headers, Set<String> words, List<Asked> asked, String detectors, List<String> kinds) {
    public static PolicyWords of(Policy policy) {
        Detectors detectors = policy.detectors();
        return new PolicyWords(
                policy.headers(),
                policy.words(),
                policy.asked(),
                detectors.version(),
                detectors.kinds().stream().map(FindingKind::id).toList());
    }
}
