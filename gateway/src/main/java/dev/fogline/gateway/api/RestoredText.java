package dev.fogline.gateway.api;

import java.util.NavigableMap;
import java.util.regex.Matcher;

/**
 * One text of an answer as it comes, piece by piece, with its placeholders resolved. It keeps only what may be the beginning
 * of a placeholder that there is.
 */
final class RestoredText {
    /** So far a thing that looks like a placeholder is followed to see whether it does. */
    private static final int LONGEST_ALIKE = 64;

    private final Placeholders placeholders;
    private final boolean json;
    private String held = "";
    /** What has been let go since an opener that begins none of ours: it may turn out to be one that was altered. */
    private String suspect = "";

    private int restored;
    private int unresolved;

    RestoredText(Placeholders placeholders, boolean json) {
        this.placeholders = placeholders;
        this.json = json;
    }

    /** @param last nothing follows: nothing is held back, and what was cut stays cut */
    String next(String more, boolean last) {
        restored = 0;
        unresolved = 0;
        NavigableMap<String, String> values = placeholders.restorable(json);
        String text = held + more;
        var out = new StringBuilder(text.length());
        held = "";
        int i = 0;
        while (i < text.length()) {
            int next = start(text, i);
            plain(text, i, next, out);
            if (next == text.length()) {
                break;
            }
            String rest = text.substring(next);
            String key = values.floorKey(rest);
            if (key != null && rest.startsWith(key)) {
                suspect = "";
                restored++;
                out.append(values.get(key));
                i = next + key.length();
                continue;
            }
            String longer = values.ceilingKey(rest);
            if (longer != null && longer.startsWith(rest)) {
                if (!last) {
                    held = rest;
                    return out.toString();
                }
                unresolved += cut(rest);
                out.append(rest);
                return out.toString();
            }
            // A backslash takes the character behind it along: it may be another one.
            int step = text.charAt(next) == '\\' && next + 1 < text.length() ? 2 : 1;
            if (text.charAt(next) == Placeholders.OPENER) {
                suspect = "";
            }
            plain(text, next, next + step, out);
            i = next + step;
        }
        return out.toString();
    }

    /** A bracket alone is no placeholder that was cut. */
    static int cut(String held) {
        return held.length() > 1 ? 1 : 0;
    }

    private int start(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == Placeholders.OPENER || (json && c == '\\')) {
                return i;
            }
        }
        return text.length();
    }

    private void plain(String text, int from, int to, StringBuilder out) {
        out.append(text, from, to);
        int i = from;
        if (suspect.isEmpty()) {
            if (i == to || text.charAt(i) != Placeholders.OPENER) {
                return;
            }
            suspect = text.substring(i, i + 1);
            i++;
        }
        while (i < to && !suspect.isEmpty()) {
            char c = text.charAt(i++);
            suspect += c;
            if (c == Placeholders.CLOSER) {
                Matcher alike = Placeholders.ALIKE.matcher(suspect);
                if (alike.matches() && !placeholders.typed(suspect)) {
                    unresolved++;
                }
                suspect = "";
            } else if (suspect.length() > LONGEST_ALIKE) {
                suspect = "";
            }
        }
    }

    /** What is held back. */
    String held() {
        return held;
    }

    /** Whether what comes next can be read without knowing what came before. */
    boolean settled() {
        return held.isEmpty() && suspect.isEmpty();
    }

    /** Placeholders resolved in the last piece. */
    int restored() {
        return restored;
    }

    /** Those of the last piece that look like ours and are not. */
    int unresolved() {
        return unresolved;
    }
}
