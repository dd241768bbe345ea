package dev.fogline.policies.privacy;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A code that a Chinese word names: behind it, as in 护照号码：..., further ones in a list, or else before it, as in
 * ...是我的护照号. The word alone is context, so the form may be as loose as the codes are.
 *
 * @param labels words that name it
 * @param checks whether a code has a right check digit; null for those that have none
 */
record Labelled(
        FindingKind kind,
        List<Label> labels,
        Code.Form form,
        @Nullable Predicate<String> checks) implements Detector {
    /** @param anchored place of the rare character that it is anchored at */
    record Label(String word, int anchored) {}

    /** "（外籍人士填写）：" between the word and its code. */
    private static final int MOST_BETWEEN = 14;

    private static final int MOST_LISTED = 8;
    private static final int MOST_CODE = 24;

    /** Where another matter begins, so that what follows is not named by the word any more. */
    private static final String OTHER = "。；;！!？?，,、和与及或";

    private static final String BEFORE = "是我他她你您的为（( \"';；:：";

    @Override
    public void at(Reading text, int at, Candidates found) {
        for (Label label : labels) {
            int start = at - label.anchored;
            if (text.matches(start, label.word, false) && !behind(text, start + label.word.length(), found)) {
                before(text, start, found);
            }
        }
    }

    private boolean behind(Reading text, int from, Candidates found) {
        int i = from;
        int lines = 0;
        while (i < from + MOST_BETWEEN) {
            char c = text.at(i);
            lines += c == '\n' ? 1 : 0;
            if (c == 0 || lines > 1 || OTHER.indexOf(c) >= 0) {
                return false;
            }
            if (Ascii.alphanumeric(c)) {
                Code code = Code.at(text, i, form);
                if (code != null) {
                    add(i, code, found);
                    listed(text, code.end(), found);
                    return true;
                }
                int end = text.runEnd(i, Alphabet.WORD, MOST_CODE);
                if (Strength.digits(text, i, end) > 0) {
                    return false;
                }
                i = end;
            } else {
                i++;
            }
        }
        return false;
    }

    /** "...：A、B和C" */
    private void listed(Reading text, int from, Candidates found) {
        int i = from;
        for (int listed = 0; listed < MOST_LISTED; listed++) {
            int next = i;
            while (next < i + 2 && "、,，/和 ".indexOf(text.at(next)) >= 0) {
                next++;
            }
            Code code = next == i || !Ascii.alphanumeric(text.at(next)) ? null : Code.at(text, next, form);
            if (code == null) {
                return;
            }
            add(next, code, found);
            i = code.end();
        }
    }

    private void before(Reading text, int from, Candidates found) {
        int end = from;
        boolean linked = false;
        while (end > from - 5 && text.at(end - 1) != 0 && BEFORE.indexOf(text.at(end - 1)) >= 0) {
            end--;
            linked |= text.at(end) == '是' || text.at(end) == '(' || text.at(end) == '为';
        }
        int start = text.runStart(end, Alphabet.ALPHANUMERIC, MOST_CODE);
        Code code = linked && start < end ? Code.at(text, start, form) : null;
        if (code != null && code.end() == end && !Ascii.alphanumeric(text.at(start - 1))) {
            add(start, code, found);
        }
    }

    private void add(int start, Code code, Candidates found) {
        boolean right = checks != null && checks.test(code.value());
        found.add(kind, start, code.end(), right ? 1.0 : 0.7);
    }
}
