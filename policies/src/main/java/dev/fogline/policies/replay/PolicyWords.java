package dev.fogline.policies.replay;

import dev.fogline.policies.Asked;
import dev.fogline.policies.Policy;
import java.util.List;
import java.util.Set;

/**
 * What a policy says of which facts may be written down: the words in its conditions are its author's, and no caller's.
 *
 * @param headers that its conditions may ask for
 * @param words the texts in its conditions
 * @param asked what each rule asks for
 */
public record PolicyWords(Set<String> headers, Set<String> words, List<Asked> asked) {
    public static PolicyWords of(Policy policy) {
        return new PolicyWords(policy.headers(), policy.words(), policy.asked());
    }
}
