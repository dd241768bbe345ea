package dev.fogline.policies.evaluation;

import dev.fogline.policies.evaluation.LabelledRow.Span;
import java.util.ArrayList;
import java.util.List;

/** Where a private string stands in a text. */
final class Units {
    private Units() {}

    /** Every occurrence in any case that no letter or digit touches, so that "al" is not in "total". */
    static List<Span> in(String text, String unit) {
        var places = new ArrayList<Span>();
        for (int at = 0; at + unit.length() <= text.length(); at++) {
            int end = at + unit.length();
            if (text.regionMatches(true, at, unit, 0, unit.length()) && whole(text, at) && whole(text, end)) {
                places.add(new Span(at, end, "UNIT"));
                at = end - 1;
            }
        }
        return places;
    }

    private static boolean whole(String text, int at) {
        return at == 0 || at == text.length() || !(plain(text.charAt(at - 1)) && plain(text.charAt(at)));
    }

    /** Chinese has no spaces between words. */
    private static boolean plain(char c) {
        return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
    }
}
