package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class Utf8Test {
    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Property
    void bytes_are_valid_where_a_strict_decoder_takes_them(@ForAll @Size(max = 40) byte[] bytes) {
        assertThat(Utf8.isValid(bytes)).isEqualTo(decodes(bytes));
    }

    @Property
    void every_text_is_valid(@ForAll String text) {
        // What is no character becomes a question mark.
        assertThat(Utf8.isValid(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    /** Whether a byte may stand somewhere changes at these values only. */
    @Example
    void every_sequence_of_up_to_four_bytes_is_told_as_a_strict_decoder_tells_it() {
        int[] edges = {
            0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
            0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF
        };
        for (int length = 1; length <= 4; length++) {
            int all = (int) Math.pow(edges.length, length);
            for (int i = 0; i < all; i++) {
                var bytes = new byte[length];
                int rest = i;
                for (int at = 0; at < length; at++) {
                    bytes[at] = (byte) edges[rest % edges.length];
                    rest /= edges.length;
                }
                if (Utf8.isValid(bytes) != decodes(bytes)) {
                    assertThat(bytes).asHexString().isEqualTo("told as a strict decoder tells it");
                }
            }
        }
    }

    /** The eight bytes that are looked at together begin and end anywhere in it. */
    @Property
    void what_stands_before_and_behind_a_character_changes_nothing(
            @ForAll @IntRange(max = 20) int before,
            @ForAll @IntRange(max = 20) int behind,
            @ForAll @Size(min = 1, max = 5) byte[] middle) {
        var bytes = new byte[before + middle.length + behind];
        Arrays.fill(bytes, (byte) 'a');
        System.arraycopy(middle, 0, bytes, before, middle.length);
        assertThat(Utf8.isValid(bytes)).isEqualTo(decodes(bytes));
    }

    @Example
    void a_byte_that_stands_alone_is_seen_wherever_it_stands() {
        for (int length = 1; length <= 40; length++) {
            for (int at = 0; at < length; at++) {
                var bytes = new byte[length];
                Arrays.fill(bytes, (byte) 'a');
                assertThat(Utf8.isValid(bytes)).isTrue();
                bytes[at] = (byte) 0xC0;
                assertThat(Utf8.isValid(bytes)).isFalse();
            }
        }
    }
}
