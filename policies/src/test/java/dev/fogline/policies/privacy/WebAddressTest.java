package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WebAddressTest {
    private static List<String> found(String text) {
        return Detectors.standard().find(text).stream()
                .map(finding -> finding.kind().id() + " " + text.substring(finding.start(), finding.end()))
                .toList();
    }

    @Test
    void an_address_is_parted_by_what_is_found_in_it_and_no_sign_of_it_is_left_over() {
        assertThat(found("at https://example.org/of/li.na@mail.example/and/cn/more today"))
                .containsExactly("url https://example.org/of/", "email li.na@mail.example", "url /and/cn/more");
    }

    @Test
    void two_addresses_are_two() {
        assertThat(found("https://example.org/a and http://example.net/b"))
                .containsExactly("url https://example.org/a", "url http://example.net/b");
    }
}
