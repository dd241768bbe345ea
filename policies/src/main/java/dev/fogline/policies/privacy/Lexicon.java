package dev.fogline.policies.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is known of words and of places of up to three words, by the hashes of {@link Words}. */
final class Lexicon {
    static final int GIVEN = 1;
    static final int GIVEN_OR_WORD = 2;
    static final int SURNAME = 4;
    static final int SURNAME_OR_WORD = 8;
    static final int NEVER = 16;
    static final int THING = 32;
    static final int COUNTRY = 64;
    static final int CITY = 128;
    static final int LEGAL = 256;
    static final int INSTITUTION = 512;
    static final int STREET = 1024;
    static final int TITLE = 2048;
    static final int BRAND = 4096;
    static final int SUBJECT = 8192;
    static final int TECHNOLOGY = 16384;
    static final int LETTER = 32768;
    static final int ALL = 32767;

    private static final String RESOURCE = "known.txt";
    private static final Map<String, Integer> SECTIONS = Map.of(
            "[countries and regions]", COUNTRY,
            "[cities]", CITY,
            "[companies and brands]", BRAND,
            "[software and other things]", TECHNOLOGY,
            "[words of letters and business]", LETTER,
            "[times, languages, peoples and short forms]", SUBJECT);

    private static final int SLOTS = 1 << 15;

    static final Lexicon STANDARD = new Lexicon();

    private final int[] keys = new int[SLOTS];
    private final char[] known = new char[SLOTS];

    private Lexicon() {
        NameLists lists = NameLists.ALL;
        add(lists.given(), GIVEN);
        add(lists.givenOrWord(), GIVEN_OR_WORD);
        add(lists.surnames(), SURNAME);
        add(lists.surnamesOrWord(), SURNAME_OR_WORD);
        add(lists.never(), NEVER);
        add(lists.things(), THING);
        add(EnglishOrganisations.words(true), LEGAL);
        add(EnglishOrganisations.words(false), INSTITUTION);
        add(StreetWords.words(), STREET);
        add(NameCue.titles(), TITLE);
        known();
    }

    /** What a word is known as: a set of bits. */
    int of(int hash) {
        int slot = hash & (SLOTS - 1);
        while (keys[slot] != 0) {
            if (keys[slot] == hash) {
                return known[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return 0;
    }

    /** Of words that stand side by side. */
    static int both(int first, int second) {
        return Words.mix(first * 31 + second);
    }

    private void known() {
        try (InputStream in = Lexicon.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the list of known words is missing");
            }
            int kind = 0;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("[")) {
                    kind = SECTIONS.getOrDefault(line, 0);
                } else if (!line.startsWith("#")) {
                    for (String place : line.split(",", -1)) {
                        put(hash(place), kind);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Set<String> words, int kind) {
        words.forEach(word -> put(hash(word), kind));
    }

    /** Of one to three words, as {@link Words} makes them. */
    static int hash(String name) {
        var words = new Words(new Reading(name.toLowerCase(Locale.ROOT)), TimeLimit.NONE);
        int hash = words.hash(0);
        for (int i = 1; i < words.count(); i++) {
            hash = both(hash, words.hash(i));
        }
        return hash;
    }

    private void put(int hash, int kind) {
        if (hash == 0) {
            return;
        }
        int slot = hash & (SLOTS - 1);
        while (keys[slot] != 0 && keys[slot] != hash) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        keys[slot] = hash;
        known[slot] |= (char) kind;
    }
}
