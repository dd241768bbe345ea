package dev.fogline.policies.file;

import java.util.ArrayList;
import java.util.Comparator;

/** Finds what somebody who mistyped most likely meant. */
public final class Nearest {
    private Nearest() {}

    /** The known word with the fewest edits from this one, the first in the alphabet among equals; empty if none is known. */
    public static String to(String word, Iterable<?> known) {
        String best = "";
        int distance = Integer.MAX_VALUE;
        for (String candidate : sorted(known)) {
            int now = levenshtein(word, candidate);
            if (now < distance) {
                distance = now;
                best = candidate;
            }
        }
        return best;
    }

    private static Iterable<String> sorted(Iterable<?> known) {
        var names = new ArrayList<String>();
        known.forEach(name -> names.add(String.valueOf(name)));
        names.sort(Comparator.naturalOrder());
        return names;
    }

    private static int levenshtein(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
