package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for what leaked sees it in every form, and nothing in what has the same digits by chance. */
class NeedlesTest {
    private final PrivateRequest request = IntStream.range(0, 1_000)
            .mapToObj(number -> PrivateRequest.draw(7, number))
            .filter(drawn -> drawn.value().kind() == PrivateValue.Kind.MEDICAL_RECORD)
            .filter(drawn -> drawn.value().digitsOnly().length() == 9)
            .findFirst()
            .orElseThrow();
    private final Needles needles = new Needles();

    NeedlesTest() {
        needles.add(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "number %s, please", "\"%s\"", "MRN%s", "v2.%s", "\\\"%s\\\""})
    void digits_alone(String around) {
        assertThat(seen(around.formatted(request.value().digitsOnly()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"time\":\"2026-11-29T23:12:41.%sZ\"", "1%s", "%s0", "\"digest\":\"eb76b9913db3f%sa\""})
    void the_same_digits_in_something_else(String around) {
        assertThat(seen(around.formatted(request.value().digitsOnly()))).isFalse();
    }

    @Test
    void the_value_itself() {
        String plain = request.value().plain();
        assertThat(seen("x" + plain + "!")).isTrue();
        assertThat(seen(Base64.getEncoder()
                        .encodeToString(("record " + plain + " of").getBytes(StandardCharsets.UTF_8))))
                .isTrue();
    }

    private boolean seen(String text) {
        return !needles.in("here", text.getBytes(StandardCharsets.UTF_8)).isEmpty();
    }
}
