package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OpenerSearchProperties {
    /** As it is, escaped, and escaped inside JSON that is itself a string. */
    private static final List<String> OPENERS = List.of(
            "\u27e6", "\\u27e6", "\\u27E6", "\\\\u27e6", "\\\\u2\\u0037e6", "\\u005cu27e6", "\\u005Cu2\\u0037e6");

    @Property
    void an_opener_is_seen_wherever_it_stands(
            @ForAll @Size(max = 30) byte[] before,
            @ForAll @IntRange(max = 6) int which,
            @ForAll @Size(max = 30) byte[] behind) {
        byte[] opener = OPENERS.get(which).getBytes(StandardCharsets.UTF_8);
        var json = new byte[before.length + opener.length + behind.length];
        System.arraycopy(before, 0, json, 0, before.length);
        System.arraycopy(opener, 0, json, before.length, opener.length);
        System.arraycopy(behind, 0, json, before.length + opener.length, behind.length);
        assertThat(OpenerSearch.mayHold(json, 0, json.length)).isTrue();
        assertThat(OpenerSearch.mayHold(json, before.length, before.length + opener.length))
                .isTrue();
    }

    @Property
    void none_is_seen_where_none_stands(@ForAll @Size(max = 40) byte[] json) {
        for (int i = 0; i < json.length; i++) {
            json[i] = json[i] == (byte) 0x9F || json[i] == '\\' ? (byte) 'a' : json[i];
        }
        assertThat(OpenerSearch.mayHold(json, 0, json.length)).isFalse();
    }
}
