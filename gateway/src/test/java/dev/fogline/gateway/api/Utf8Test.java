package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
