package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TermIndexTest {
    private static final TermIndex INDEX = new TermIndex(SubjectTerms.all());

    /** What a walk tells: that each word was met, which terms begin where, where sentences end. */
    private static final class Told implements TermIndex.Visitor {
        private final List<String> words = new ArrayList<>();
        private final List<String> terms = new ArrayList<>();

        @Override
        public void met(SubjectTerm term, int start, int end) {
            terms.add(start + "-" + end + " " + term.word() + " " + term.subject());
        }

        @Override
        public void word(int hash, char first, char second) {
            words.add(hash + " " + first + (Ascii.alphanumeric(second) ? second : ' '));
        }

        @Override
        public void han(char c) {
            words.add(String.valueOf(c));
        }

        @Override
        public void sentenceEnd() {
            words.add(".");
            terms.add(".");
        }
    }

    private static Told told(TermIndex index, Reading text, int cut) {
        var told = new Told();
        index.walk(text, 0, Math.min(cut, text.length()), told);
        if (cut < text.length()) {
            index.walk(text, cut, text.length(), told);
        }
        return told;
    }

    private static Told told(TermIndex index, String text) {
        return told(index, oneByOne(text), text.length());
    }

    private static Reading oneByOne(String text) {
        return Reading.borrowing(text.toCharArray(), 0, text.length(), null);
    }

    private static Reading ascii(String text) {
        char[] chars = text.toCharArray();
        return Reading.borrowing(chars, 0, chars.length, AsciiTextTest.ascii(text));
    }

    private static TermIndex of(String... words) {
        var terms = new ArrayList<SubjectTerm>();
        for (String word : words) {
            terms.add(new SubjectTerm(word, terms.size(), Subject.HEALTH, 1, false));
        }
        return new TermIndex(terms);
    }

    private static Stream<String> met(TermIndex index, String text) {
        return told(index, text).terms.stream()
                .filter(term -> !term.equals("."))
                .map(term -> term.split(" ")[0]);
    }

    @Provide
    Arbitrary<String> prose() {
        List<String> terms = SubjectTerms.all().stream()
                .map(SubjectTerm::word)
                .filter(word -> word.chars().allMatch(c -> c < 0x80))
                .toList();
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.of(terms),
                Arbitraries.of(terms).map(word -> word.replace(' ', '-').toUpperCase(java.util.Locale.ROOT)),
                Arbitraries.strings().ascii().ofMaxLength(8),
                Arbitraries.of("the", "Report", "of", "1480", "rpm", "internationalisation", "x"));
        Arbitrary<String> gaps =
                Arbitraries.of(" ", " ", " ", ", ", ". ", "\n", "\n\n", " - ", "'", "", "?! ", "     ");
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, pieces), net.jqwik.api.Tuple.of(2, gaps))
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 3000)
    void the_same_is_met_in_a_text_that_is_known_to_be_ascii(@ForAll("prose") String text) {
        Told slow = told(INDEX, text);
        Told fast = told(INDEX, ascii(text), text.length());
        assertThat(fast.terms).isEqualTo(slow.terms);
        assertThat(fast.words).isEqualTo(slow.words);
    }

    /** A text is walked in stretches, which end where no word is cut. */
    @Property(tries = 3000)
    void the_same_is_met_wherever_a_stretch_ends(@ForAll("prose") String text, @ForAll @IntRange(max = 600) int at) {
        int cut = Math.min(at, text.length());
        while (cut < text.length() && Character.isLetterOrDigit(text.charAt(cut))) {
            cut++;
        }
        Told whole = told(INDEX, text);
        for (Reading reading : List.of(oneByOne(text), ascii(text))) {
            Told cutInTwo = told(INDEX, reading, cut);
            assertThat(cutInTwo.terms).isEqualTo(whole.terms);
            assertThat(cutInTwo.words).isEqualTo(whole.words);
        }
    }

    @Example
    void terms_of_several_words_are_met_over_spaces_line_ends_and_hyphens() {
        TermIndex index = of("sick leave", "my blood test", "i'm ill", "leave");
        assertThat(met(index, "his Sick leave and his sick-\n leave"))
                .containsExactly("4-14", "9-14", "23-35", "30-35");
        assertThat(met(index, "my  blood\ntest; my blood; I'm ill")).containsExactly("0-14", "26-33");
        assertThat(met(index, "sick. Leave, sick leaves, sickleave")).containsExactly("6-11");
    }

    /** Where a shorter one of the same subject begins at the same place, it says nothing more. */
    @Example
    void the_longest_term_counts_at_a_place() {
        TermIndex index = of("sick", "sick leave", "sick leave form");
        assertThat(met(index, "a sick leave form")).containsExactly("2-17");
        assertThat(met(index, "a sick leave")).containsExactly("2-12");
        assertThat(met(index, "a sick man")).containsExactly("2-6");
    }

    @Example
    void letters_and_chinese_characters_may_stand_in_one_term() {
        TermIndex index = of("u盾", "盾牌", "苹果id", "病");
        assertThat(met(index, "我的U盾牌丢了，苹果ID也丢了，病")).containsExactly("2-4", "3-5", "8-12", "16-17");
    }

    @Example
    void a_letter_beyond_ascii_is_one_in_a_text_that_is_ascii_but_for_it() {
        String text = "Please put this into plain words: our cr\u00E8che is closed";
        Told told = told(of("cr\u00E8che", "cr", "che"), Reading.unfolded(text.toCharArray()), text.length());
        assertThat(told.terms).containsExactly("38-44 cr\u00E8che HEALTH");
    }
}
