package dev.fogline.policies.privacy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises what a text is about where it is about somebody: words of a subject close to a word for a person, in one
 * sentence, or words that speak of somebody by themselves. Each word has a weight, and so many must stand close together;
 * {@code subjects.txt} lists them. The work for a character is bounded, and the same text gives the same subjects.
 */
final class Subjects implements TextDetector {
    /** How much makes a subject. */
    private static final int ENOUGH = 3;

    /** The same in a text that tells of somebody's own affairs by its words as a whole. */
    private static final int ENOUGH_OF_OWN = 2;

    /** Characters between a person and a word behind it, or before it. */
    private static final int BEHIND = 64;

    private static final int BEFORE = 32;

    /** Characters within which words of a subject add up: some sentences. */
    private static final int TOGETHER = 400;

    /** Words that are remembered at one time, and those that still wait for a person behind them. */
    private static final int REMEMBERED = 8;

    /** Characters between two looks at the time. */
    private static final int STRETCH = 8192;

    private static final int NEVER = -1_000_000;

    /** One for all detectors: the index takes some hundred KiB. */
    private static final class Standard {
        static final Subjects SUBJECTS = new Subjects(new TermIndex(SubjectTerms.all()));
    }

    private final TermIndex index;

    private Subjects(TermIndex index) {
        this.index = index;
    }

    static Subjects standard() {
        return Standard.SUBJECTS;
    }

    @Override
    public void read(Reading text, Candidates found, TimeLimit limit) {
        Affairs affairs = found.noted().affairs();
        affairs.begin();
        var heard = new Heard(found.noted(), affairs);
        int from = 0;
        while (from < text.length()) {
            int to = wordEnd(text, Math.min(text.length(), from + STRETCH));
            index.walk(text, from, to, heard);
            limit.check();
            from = to;
        }
        if (affairs.own()) {
            found.noted().subject(Subject.AFFAIRS);
            heard.nearly.forEach(found.noted()::subject);
        }
    }

    /** A stretch ends where no word is cut, unless it is one that nobody wrote. */
    private static int wordEnd(Reading text, int at) {
        int end = at;
        while (end < text.length() && end < at + 64 && Character.isLetterOrDigit(text.at(end))) {
            end++;
        }
        return end;
    }

    /** What was met so far of one text. */
    private static final class Heard implements TermIndex.Visitor {
        private static final int SUBJECTS = Subject.values().length;

        private final Noted noted;
        private final Affairs affairs;
        private Set<Subject> nearly = Set.of();
        private int strong = NEVER;
        private int weak = NEVER;

        /** By subject, the last words that counted: where they stood, which they were, what they counted. */
        private final int[][] places = new int[SUBJECTS][];

        private final int[][] numbers = new int[SUBJECTS][];
        private final int[][] weights = new int[SUBJECTS][];
        private final int[] next = new int[SUBJECTS];

        /** By subject, where the last word of it ended. */
        private final int[] ends = new int[SUBJECTS];

        private final @Nullable SubjectTerm[] waiting = new @Nullable SubjectTerm[REMEMBERED];
        private final int[] waitingAt = new int[REMEMBERED];
        private int waits;

        Heard(Noted noted, Affairs affairs) {
            this.noted = noted;
            this.affairs = affairs;
        }

        @Override
        public void word(int hash, char first, char second) {
            affairs.word(hash, first, second);
        }

        @Override
        public void han(char c) {
            affairs.han(c);
        }

        @Override
        public void sentenceEnd() {
            affairs.sentenceEnd();
            strong = NEVER;
            weak = NEVER;
            Arrays.fill(waiting, null);
        }

        @Override
        public void met(SubjectTerm term, int start, int end) {
            Subject subject = term.subject();
            if (subject == null) {
                person(term.weight(), start, end);
                return;
            }
            if (start < ends[subject.ordinal()]) {
                // Part of a longer word that has counted.
                return;
            }
            ends[subject.ordinal()] = end;
            int less = term.alone() || start - strong <= BEHIND ? 0 : start - weak <= BEHIND ? 1 : ENOUGH;
            count(subject, term, start, less);
            if (less > 0) {
                waiting[waits] = term;
                waitingAt[waits] = end;
                waits = (waits + 1) % REMEMBERED;
            }
        }

        private void person(int less, int start, int end) {
            for (int i = 0; i < REMEMBERED; i++) {
                SubjectTerm term = waiting[i];
                if (term != null && term.subject() != null && start - waitingAt[i] <= BEFORE) {
                    count(term.subject(), term, waitingAt[i], less);
                }
            }
            if (less == SubjectTerm.STRONG) {
                strong = end;
            } else if (less == SubjectTerm.WEAK) {
                weak = end;
            }
        }

        private void count(Subject subject, SubjectTerm term, int at, int less) {
            int weight = term.weight() - less;
            if (weight <= 0 || noted.subjects().contains(subject)) {
                return;
            }
            int s = subject.ordinal();
            if (places[s] == null) {
                places[s] = new int[REMEMBERED];
                numbers[s] = new int[REMEMBERED];
                weights[s] = new int[REMEMBERED];
            }
            int sum = weight;
            int slot = next[s];
            for (int i = 0; i < REMEMBERED; i++) {
                if (weights[s][i] > 0 && at - places[s][i] <= TOGETHER) {
                    if (numbers[s][i] == term.number()) {
                        // The same word twice says no more; once near a person is enough.
                        slot = i;
                        sum += Math.max(0, weights[s][i] - weight);
                    } else {
                        sum += weights[s][i];
                    }
                }
            }
            weights[s][slot] = numbers[s][slot] == term.number() ? Math.max(weight, weights[s][slot]) : weight;
            numbers[s][slot] = term.number();
            places[s][slot] = at;
            next[s] = slot == next[s] ? (next[s] + 1) % REMEMBERED : next[s];
            if (sum >= ENOUGH) {
                noted.subject(subject);
            } else if (sum >= ENOUGH_OF_OWN) {
                nearly = nearly.isEmpty() ? EnumSet.of(subject) : nearly;
                nearly.add(subject);
            }
        }
    }
}
