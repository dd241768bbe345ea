package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Eight characters at a time say the same as one by one. */
class AsciiTextTest {
    static AsciiText ascii(String text) {
        return Objects.requireNonNull(AsciiText.of(text.toCharArray(), 0, text.length()));
    }

    @Provide
    Arbitrary<String> ascii() {
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(8),
                Arbitraries.strings().withChars("azAZ09@[`{/: _").ofMaxLength(70),
                Arbitraries.integers().between(0, 99_999).map(String::valueOf));
        return pieces.list().ofMaxSize(12).map(parts -> String.join("", parts));
    }

    private static boolean is(long bits, int at) {
        return (bits >>> at & 1) != 0;
    }

    @Property(tries = 4000)
    void words_and_marks_are_where_they_are(@ForAll("ascii") String text, @ForAll("ascii") String around) {
        byte[] bytes = ("\u00E9".repeat(8) + around + "\"" + text + "\"}" + "\u00E9" + around)
                .getBytes(StandardCharsets.ISO_8859_1);
        for (var read : new AsciiText[] {new AsciiText(bytes, 9 + around.length(), text.length()), ascii(text)}) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean number = Ascii.digit(c) && (i == 0 || !Ascii.digit(text.charAt(i - 1)));
                int block = i / AsciiText.BLOCK;
                assertThat(read.at(i)).isEqualTo((byte) c);
                assertThat(is(read.words(block), i % AsciiText.BLOCK)).isEqualTo(Ascii.alphanumeric(c));
                assertThat(is(read.marks(block), i % AsciiText.BLOCK))
                        .isEqualTo(number || (c != ' ' && !Ascii.alphanumeric(c)));
            }
            // Behind the end there is nothing, whatever stands there.
            int last = text.length() / AsciiText.BLOCK;
            assertThat(read.words(last) >>> text.length() % AsciiText.BLOCK).isZero();
            assertThat(read.marks(last) >>> text.length() % AsciiText.BLOCK).isZero();
        }
    }

    @Example
    void a_text_with_many_other_characters_is_none() {
        assertThat(AsciiText.of("caf\u00E9".toCharArray(), 1, 3)).isNull();
        assertThat(AsciiText.of("caf\u00E9".toCharArray(), 0, 3)).isNotNull();
        AsciiText nearly = ascii("x".repeat(31) + "\u00E9");
        assertThat(nearly.whole()).isFalse();
        assertThat((char) nearly.at(31)).isEqualTo('\\');
        assertThat(ascii("x").whole()).isTrue();
    }

    /** {@link String#hashCode} is defined as the same sum. */
    @Property(tries = 4000)
    void a_word_has_the_same_hash_whatever_stands_around_it(
            @ForAll("ascii") String before, @ForAll("word") String word, @ForAll("ascii") String after) {
        String text = before + word + after;
        AsciiText read = ascii(text);
        assertThat(read.hash(before.length(), before.length() + word.length()))
                .isEqualTo(word.toLowerCase(Locale.ROOT).hashCode());
    }

    @Provide
    Arbitrary<String> word() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .ofMinLength(1)
                .ofMaxLength(40);
    }
}
