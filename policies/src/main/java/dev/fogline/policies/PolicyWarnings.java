package dev.fogline.policies;

import dev.fogline.policies.file.Located;
import java.util.ArrayList;
import java.util.List;

/** What a policy says and does not mean what it seems to, or what loosens privacy. */
final class PolicyWarnings {
    private final List<String> sentences = new ArrayList<>();

    void at(Located<?> place, String sentence) {
        sentences.add(place.source() + " line " + place.line() + ": " + sentence);
    }

    /** Of a list as a whole, at the place of its first member. */
    void of(List<? extends Located<?>> list, String sentence) {
        if (list.isEmpty()) {
            sentences.add(sentence);
        } else {
            at(list.getFirst(), sentence);
        }
    }

    List<String> sentences() {
        return sentences;
    }
}
