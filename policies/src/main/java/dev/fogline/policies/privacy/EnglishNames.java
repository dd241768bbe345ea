package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.Capitals.Word;
import dev.fogline.policies.privacy.NameCue.Cue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names in texts of Latin letters: words with capitals of which one is known as a name, or in front of which stands that a
 * name follows. Once a full name is found, its parts are found alone. The work is linear in the text.
 */
final class EnglishNames implements TextDetector {
    /** A known given name with another part; alone; an unknown word with a known surname. */
    private static final double FULL = 0.6;

    private static final double ALONE = 0.4;
    private static final double CUED = 0.7;

    private static final int LONGEST_NAME = 4;
    private static final int MOST_PARTS = 256;
    private static final int CHECK_EVERY = 1024;

    /** Surnames of people who say them first, when they are written in Latin letters. */
    private static final Set<String> FAMILY_FIRST =
            Set.of(("zhang wang chen liu yang zhao huang zhou xu zhu guo zheng liang xie tang feng deng "
                            + "jiang cai peng lu su ye wei tian cao yuan pan yu dong xiao cheng shen lin luo gao")
                    .split(" ", -1));

    private final NameLists lists = NameLists.ALL;

    @Override
    public void read(Reading text, Candidates found, TimeLimit limit) {
        var parts = new HashSet<String>();
        int checked = 0;
        int i = 0;
        while (i < text.length()) {
            if (i - checked >= CHECK_EVERY) {
                limit.check();
                checked = i;
            }
            char c = text.at(i);
            if (Capitals.capital(c) && Capitals.wordStart(text, i)) {
                List<Word> words = Capitals.from(text, i);
                if (!words.isEmpty()) {
                    run(text, words, parts, found);
                    i = words.getLast().end();
                    continue;
                }
            } else if (c == 'n' || c == 'N') {
                spoken(text, i, found);
            }
            i++;
        }
        if (!parts.isEmpty()) {
            limit.check();
            again(text, parts, found);
        }
    }

    private void run(Reading text, List<Word> words, Set<String> parts, Candidates found) {
        if (NameCue.before(text, words.getFirst().start()) == Cue.WORK) {
            return;
        }
        for (int i = 0; i < words.size(); ) {
            int end = cued(text, words, i, NameCue.before(text, words.get(i).start()));
            double confidence = CUED;
            if (end == i) {
                end = known(text, words, i);
                confidence = end - i > 1 ? FULL : ALONE;
            }
            if (end > i) {
                add(words, i, end, confidence, parts, found);
                i = end;
            } else {
                i++;
            }
        }
    }

    /** End of the name that a cue announces. */
    private int cued(Reading text, List<Word> words, int from, Cue cue) {
        int end = nameEnd(words, from);
        boolean known = false;
        for (int i = from; i < end; i++) {
            known |= lists.anyGiven(words.get(i).lower())
                    || lists.anySurname(words.get(i).lower());
        }
        boolean given = end > from && lists.anyGiven(words.get(from).lower());
        boolean whole = end == words.size();
        return switch (cue) {
            case TITLE, NAME ->
                end - from == 1 && !whole && lists.anySurname(words.get(end).lower()) ? end + 1 : end;
            case NAME_FIELD -> whole ? end : from;
            case GREETING, CLOSING ->
                known || (whole && NameCue.closed(text, words.getLast().end())) ? end : from;
            case FIELD -> known || (whole && end - from > 1) ? end : from;
            case SELF -> (known || end - from > 1) && !thing(words, end) ? end : from;
            case PERSON, OTHER_FIELD -> given && !thing(words, end) ? end : from;
            case NONE, WORK -> {
                boolean addressee = whole
                        && end - from > 1
                        && NameCue.addressee(
                                text, words.get(from).start(), words.getLast().end());
                yield addressee ? end : from;
            }
        };
    }

    /** End of a name that the lists know; {@code from} where none begins there. */
    private int known(Reading text, List<Word> words, int from) {
        Word word = words.get(from);
        int end = nameEnd(words, from);
        if (end == from || thing(words, end)) {
            return from;
        }
        if (FAMILY_FIRST.contains(word.lower())
                && end - from > 1
                && !lists.anySurname(words.get(from + 1).lower())) {
            return end;
        }
        boolean next = end - from > 1;
        String following = next ? words.get(end - 1).lower() : "";
        if (lists.given().contains(word.lower()) || middleInitial(words, from, end)) {
            return end;
        }
        if (word.initial()) {
            boolean dotted = text.at(word.end() - 1) == '.';
            return next && dotted && lists.surnames().contains(following) ? end : from;
        }
        if (!next) {
            return from;
        }
        if (lists.givenOrWord().contains(word.lower())) {
            return lists.surnames().contains(following) || words.get(from + 1).initial() ? end : from;
        }
        return end - from == 2 && lists.surnames().contains(following) && !lists.anySurname(word.lower()) ? end : from;
    }

    /** "Rosa B. Winkelmann". */
    private static boolean middleInitial(List<Word> words, int from, int end) {
        return end - from == 3
                && !words.get(from).initial()
                && middle(words.get(from + 1))
                && !words.get(from + 2).initial();
    }

    /** An initial; without a full stop not one that is a word or a variable. */
    private static boolean middle(Word word) {
        return word.initial() && (word.end() - word.start() > 1 || !"aixyzcv".contains(word.lower()));
    }

    /** End of the words from one on that may be one name. */
    private int nameEnd(List<Word> words, int from) {
        int end = from;
        while (end < words.size() && end < from + LONGEST_NAME && mayBePart(words, from, end)) {
            end++;
        }
        return end;
    }

    private boolean mayBePart(List<Word> words, int from, int at) {
        Word word = words.get(at);
        if (at == from) {
            return !lists.never().contains(word.lower());
        }
        // "Ivan King": what is an office by itself is a surname behind a given name.
        boolean surname = at == from + 1
                && lists.given().contains(words.get(from).lower())
                && lists.surnamesOrWord().contains(word.lower())
                && !thing(words, at);
        return word.initial() || surname || !lists.never().contains(word.lower());
    }

    private void add(List<Word> words, int from, int end, double confidence, Set<String> parts, Candidates found) {
        found.add(
                FindingKind.PERSON, words.get(from).start(), words.get(end - 1).end(), confidence);
        boolean named = lists.given().contains(words.get(from).lower());
        for (int i = from; end - from > 1 && i < end && parts.size() < MOST_PARTS; i++) {
            String part = words.get(i).lower();
            if (part.length() > 2
                    && !ambiguous(part)
                    && (named || lists.surnames().contains(part))) {
                parts.add(part);
            }
        }
    }

    private boolean thing(List<Word> words, int at) {
        return at < words.size() && lists.things().contains(words.get(at).lower());
    }

    private boolean ambiguous(String word) {
        return lists.givenOrWord().contains(word) || lists.surnamesOrWord().contains(word);
    }

    private static void again(Reading text, Set<String> parts, Candidates found) {
        for (int i = 0; i < text.length(); i++) {
            if (Capitals.capital(text.at(i)) && Capitals.wordStart(text, i)) {
                for (Word word : Capitals.from(text, i)) {
                    if (parts.contains(word.lower())) {
                        found.add(FindingKind.PERSON, word.start(), word.end(), ALONE);
                    }
                    i = word.end() - 1;
                }
            }
        }
    }

    /** "my name is anna lee", in small letters. */
    private void spoken(Reading text, int at, Candidates found) {
        if (!text.matches(at, "name is ", true) || !text.matches(at - 3, "my ", true)) {
            return;
        }
        int start = at + 8;
        int end = start;
        boolean known = false;
        for (int words = 0, next = start; words < 2; words++) {
            int wordEnd = next;
            while (wordEnd < next + 20 && Capitals.letter(text.at(wordEnd))) {
                wordEnd++;
            }
            String word = text.span(next, wordEnd);
            if (word.length() < 2
                    || lists.never().contains(word)
                    || !(lists.anyGiven(word) || lists.anySurname(word))) {
                break;
            }
            known = true;
            end = wordEnd;
            next = wordEnd + (text.at(wordEnd) == ' ' ? 1 : 0);
        }
        if (known) {
            found.add(FindingKind.PERSON, start, end, CUED);
        }
    }
}
