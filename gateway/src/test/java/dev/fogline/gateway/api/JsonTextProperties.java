package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JsonTextProperties {
    private static String read(String written) throws IOException {
        // Through UTF-8, which holds no half of a surrogate pair.
        byte[] json = ('"' + written + '"').getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = TextWalk.JSON.createParser(json)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    @Property
    void what_is_escaped_says_the_same(@ForAll String text) throws IOException {
        assertThat(read(JsonText.escaped(text))).isEqualTo(text);
        assertThat(JsonText.of(JsonText.escaped(text)).text()).isEqualTo(text);
    }

    @Example
    void each_character_is_escaped_where_it_must_be() throws IOException {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String text = "a" + (char) c;
            assertThat(read(JsonText.escaped(text))).isEqualTo(text);
        }
    }
}
