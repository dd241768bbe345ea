package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.Words.Form;
import dev.fogline.policies.privacy.Words.Gap;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for and against a word being part of a name, as numbers of rows of a {@link TagModel}. Words that are not
 * known count by how they are written and by their first and last letters, never as such. One thread uses it.
 */
final class TagFeatures {
    static final int MOST = 64;
    static final int SIZE = 1 << 15;

    /** What the rules make of a word. */
    enum Ruled {
        NOTHING,
        PERSON,
        ORGANISATION,
        ADDRESS,
        /** Of another kind: no name. */
        TAKEN
    }

    /** Of so many small words the language can be told. */
    private static final int SAMPLE = 8;

    private static final int UNKNOWN = 0;
    private static final int COMMON = 1;
    private static final int USUAL = 2;
    private static final int RARE = 3;

    private final Reading text;
    private final Words words;
    private final Lexicon lexicon = Lexicon.STANDARD;
    private final int[] known;
    private final byte[] tiers;
    private final Ruled[] ruled;
    /** How much the text is about technology, from 0 to 3. */
    private final int kind;
    /** Whether most small words are English: of other languages the tagger knows nothing. */
    private final boolean english;

    /** How much it is one of letters and business, from 0 to 2. */
    private final int letters;

    private final int[] rows = new int[MOST];
    private int count;

    TagFeatures(Reading text, Words words, TagModel model, Ruled[] ruled) {
        this.text = text;
        this.words = words;
        this.ruled = ruled;
        this.known = new int[words.count()];
        this.tiers = new byte[words.count()];
        int technical = 0;
        int letter = 0;
        int small = 0;
        int foreign = 0;
        for (int i = 0; i < words.count(); i++) {
            Form form = words.form(i);
            if (form != Form.NUMBER && form != Form.CODE) {
                int hash = words.hash(i);
                known[i] |= lexicon.of(hash);
                tiers[i] = (byte) tier(model, hash);
                place(i);
            }
            technical += (known[i] & Lexicon.TECHNOLOGY) != 0 || words.code(i) ? 1 : 0;
            if (form == Form.SMALL && ruled[i] != Ruled.TAKEN && words.end(i) - words.start(i) > 1) {
                small++;
                foreign += tiers[i] == UNKNOWN ? 1 : 0;
            }
            letter += (known[i] & Lexicon.LETTER) != 0 ? 1 : 0;
        }
        english = small < SAMPLE || foreign * 2 <= small;
        letters = letter == 0 ? 0 : letter * 100 / words.count() < 4 ? 1 : 2;
        int share = words.count() == 0 ? 0 : technical * 100 / words.count();
        kind = technical == 0 ? 0 : share < 2 ? 1 : share < 6 ? 2 : 3;
    }

    private static int tier(TagModel model, int hash) {
        return model.common().has(hash)
                ? COMMON
                : model.usual().has(hash) ? USUAL : model.rare().has(hash) ? RARE : UNKNOWN;
    }

    /** A place or a company of several words. */
    private void place(int last) {
        int hash = words.hash(last);
        for (int i = last - 1; i >= 0 && i > last - 3 && words.gap(i + 1) == Gap.SPACE; i--) {
            hash = i == last - 1 ? Lexicon.both(words.hash(i), hash) : hash3(i);
            int place = lexicon.of(hash) & (Lexicon.COUNTRY | Lexicon.CITY | Lexicon.BRAND);
            if (place != 0) {
                for (int j = i; j <= last; j++) {
                    known[j] |= place;
                }
            }
        }
    }

    private int hash3(int first) {
        return Lexicon.both(Lexicon.both(words.hash(first), words.hash(first + 1)), words.hash(first + 2));
    }

    /** Whether a word may begin a name: all others are none, and cost nothing. */
    boolean mayBegin(int i) {
        return !identifier(i) && ruled[i] != Ruled.TAKEN && (words.form(i) != Form.SMALL || maySmall(i));
    }

    /** Of small words only those that are no words of English, in prose. */
    private boolean maySmall(int i) {
        return tiers[i] == UNKNOWN
                && words.end(i) - words.start(i) > 2
                && !words.code(i)
                && (known[i] & (Lexicon.SUBJECT | Lexicon.TECHNOLOGY)) == 0
                && "([!]:{<".indexOf(text.at(words.end(i))) < 0;
    }

    /** Whether what stands before a word may be inside of a name: a full stop only of an initial or a short form. */
    boolean joined(int i) {
        return words.gap(i) != Gap.STOP
                || words.form(i - 1) == Form.LETTER
                || words.end(i - 1) - words.start(i - 1) < 4
                || (known[i - 1] & (Lexicon.TITLE | Lexicon.LEGAL | Lexicon.STREET)) != 0;
    }

    /**
     * What a name is, where lists or rules know better than the tagger.
     *
     * @return null for none
     */
    @Nullable
    FindingKind kind(@Nullable FindingKind tagged, int from, int to) {
        boolean organisation =
                to - from > 1 && (known[to - 1] & Lexicon.LEGAL) != 0 && words.form(to - 1) != Form.SMALL;
        boolean place = true;
        int people = 0;
        for (int i = from; i < to; i++) {
            organisation |= ruled[i] == Ruled.ORGANISATION;
            place &= (known[i] & (Lexicon.COUNTRY | Lexicon.CITY)) != 0;
            people |= known[i] & (Lexicon.GIVEN | Lexicon.SURNAME);
        }
        if (tagged == FindingKind.PERSON) {
            boolean never = to - from == 1 && (known[from] & Lexicon.NEVER) != 0;
            return organisation
                    ? FindingKind.ORGANISATION
                    : place && people == 0 ? FindingKind.PLACE : never ? null : tagged;
        }
        boolean brief = to - from == 1 && words.end(from) - words.start(from) < 3;
        return tagged == FindingKind.PLACE && brief && !place ? null : tagged;
    }

    /** Whether a word is no word of English as far as is known. */
    boolean unusual(int i) {
        return tiers[i] == UNKNOWN
                && (known[i] & (Lexicon.NEVER | Lexicon.SUBJECT | Lexicon.TECHNOLOGY)) == 0
                && words.form(i) != Form.NUMBER;
    }

    /** Whether a word may go on with a name: one of those, or a small one before another. */
    boolean mayGoOn(int i) {
        boolean small = words.form(i) == Form.SMALL && words.end(i) - words.start(i) < 4;
        return mayBegin(i)
                || (small && !identifier(i) && i + 1 < words.count() && words.form(i + 1) != Form.SMALL)
                || (known[i] & (Lexicon.STREET | Lexicon.INSTITUTION | Lexicon.LEGAL)) != 0;
    }

    /** Part of something that is written without spaces: a path, a field, a call. */
    private boolean identifier(int i) {
        char before = text.at(words.start(i) - 1);
        char after = text.at(words.end(i));
        boolean parts = before == '_'
                || before == '@'
                || before == '\\'
                || before == '$'
                || before == '/' && !Words.inWord(text.at(words.start(i) - 2));
        boolean dotted = before == '.' && Words.inWord(text.at(words.start(i) - 2))
                || after == '.' && Words.inWord(text.at(words.end(i) + 1)) && words.end(i) - words.start(i) > 3;
        boolean hump = words.form(i) == Form.MIXED && !Character.isUpperCase(text.at(words.start(i)));
        return parts || dotted || hump || after == '_' || after == '@' || after == '\\' || after == '=';
    }

    boolean english() {
        return english;
    }

    int[] rows() {
        return rows;
    }

    int count() {
        return count;
    }

    /** Fills the rows for a word. */
    void at(int i, int previous, int before) {
        count = 0;
        int form = words.form(i).ordinal();
        int gap = words.gap(i).ordinal();
        int after = words.gap(i + 1).ordinal();
        int tier = tiers[i];
        int look = form * 4 + tier;
        int lists = known[i] & Lexicon.ALL;
        boolean opens = gap >= Gap.STOP.ordinal();
        int length = Math.min(words.end(i) - words.start(i), 9);
        put(1, 0);
        put(2, look);
        put(3, look * 2 + (opens ? 1 : 0));
        put(4, look * 16 + gap);
        put(5, look * 64 + words.line(i));
        put(6, lists * 8 + form);
        put(7, (words.alsoSmall(i) ? 1 : 0) + 2 * look);
        put(8, form * 10 + length);
        put(39, kind * 64 + look);
        put(41, (letters * 4 + kind) * 64 + look);
        put(
                40,
                (kind * 64 + look) * 16
                        + (lists
                                & (Lexicon.GIVEN | Lexicon.SURNAME | Lexicon.GIVEN_OR_WORD | Lexicon.SURNAME_OR_WORD)));
        put(9, previous);
        put(10, previous * 64 + look);
        put(11, previous * 16 + gap);
        put(12, (previous * 10 + before) * 8 + Math.min(gap, 7));
        put(13, (previous << 15) + lists);
        if ((tier != UNKNOWN && tier != RARE)
                || (lists
                                & (Lexicon.NEVER
                                        | Lexicon.THING
                                        | Lexicon.LEGAL
                                        | Lexicon.STREET
                                        | Lexicon.SUBJECT
                                        | Lexicon.TECHNOLOGY))
                        != 0) {
            put(14, words.hash(i));
            put(15, words.hash(i) * 31 + form);
        } else if (form != Form.NUMBER.ordinal()) {
            affixes(i, form);
        }
        put(18, ruled[i].ordinal() * 16 + previous);
        around(i, look, gap, after);
        for (int bit = 1; bit <= Lexicon.TECHNOLOGY; bit <<= 1) {
            if ((lists & bit) != 0) {
                put(19, bit * 16 + form);
            }
        }
    }

    private void affixes(int i, int form) {
        int start = words.start(i);
        int end = words.end(i);
        if (end - start > 3) {
            put(16, ((lower(end - 3) * 512 + lower(end - 2)) * 512 + lower(end - 1)) * 8 + form);
            put(17, (lower(end - 2) * 512 + lower(end - 1)) * 8 + form);
            put(31, ((lower(start) * 512 + lower(start + 1)) * 512 + lower(start + 2)) * 8 + form);
        }
    }

    private int lower(int at) {
        return Character.toLowerCase(text.at(at));
    }

    private void around(int i, int look, int gap, int after) {
        int next = look(i + 1);
        int last = look(i - 1);
        put(20, last * 64 + look);
        put(21, next * 64 + look);
        put(22, (next * 16 + after) * 8 + words.form(i).ordinal());
        put(23, (last * 16 + gap) * 8 + words.form(i).ordinal());
        if (word(i - 1)) {
            put(24, words.hash(i - 1) + gap);
            put(25, words.hash(i - 1) * 31 + look);
        }
        if (word(i + 1)) {
            put(26, words.hash(i + 1) + after);
        }
        if (word(i - 2)) {
            put(27, words.hash(i - 2) + gap);
        }
        if (word(i + 2)) {
            put(28, words.hash(i + 2) + after);
        }
        if (word(i - 2) && word(i - 1)) {
            put(29, Lexicon.both(words.hash(i - 2), words.hash(i - 1)));
        }
        put(30, (lists(i + 1) << 4) + after);
        put(32, (lists(i - 1) << 4) + gap);
        put(33, ahead(i) * 16 + words.form(i).ordinal());
        put(
                34,
                (text.at(words.end(i)) < 0x80 ? text.at(words.end(i)) : 0x80) * 8
                        + words.form(i).ordinal());
        put(
                35,
                (text.at(words.start(i) - 1) < 0x80 ? text.at(words.start(i) - 1) : 0x80) * 8
                        + words.form(i).ordinal());
        put(36, look(i + 2) * 64 + next);
        put(37, look(i - 2) * 64 + last);
        put(38, Math.min(i, 2) * 4 + Math.min(words.count() - i, 3));
    }

    /** Whether a word that says what a name is of follows in the same run of capitals. */
    private int ahead(int i) {
        for (int j = i + 1; j < i + 5 && j < words.count() && words.gap(j).ordinal() <= Gap.COMMA.ordinal(); j++) {
            int kinds = known[j] & (Lexicon.LEGAL | Lexicon.INSTITUTION | Lexicon.STREET | Lexicon.THING);
            if (kinds != 0 && words.form(j) != Form.SMALL) {
                return Integer.numberOfTrailingZeros(kinds);
            }
            if (words.form(j) == Form.SMALL && words.end(j) - words.start(j) > 3) {
                return 0;
            }
        }
        return 0;
    }

    private int look(int i) {
        return i < 0 || i >= words.count() ? 63 : words.form(i).ordinal() * 4 + tiers[i];
    }

    private int lists(int i) {
        return i < 0 || i >= words.count() ? 0 : known[i] & Lexicon.ALL;
    }

    /** Whether a word counts as such: it is known, and no name. */
    private boolean word(int i) {
        return i >= 0
                && i < words.count()
                && (tiers[i] != UNKNOWN
                        || (known[i]
                                        & (Lexicon.LEGAL
                                                | Lexicon.STREET
                                                | Lexicon.TITLE
                                                | Lexicon.NEVER
                                                | Lexicon.SUBJECT
                                                | Lexicon.TECHNOLOGY))
                                != 0);
    }

    private void put(int feature, int value) {
        rows[count++] = Words.mix(Words.mix(value + 1) * 64 + feature) & (SIZE - 1);
    }
}
