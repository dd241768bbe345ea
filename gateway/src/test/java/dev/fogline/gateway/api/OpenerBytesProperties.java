package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OpenerBytesProperties {
    private static final byte[][] OPENERS = {
        "\u27e6".getBytes(StandardCharsets.UTF_8),
        "\\u27e6".getBytes(StandardCharsets.US_ASCII),
        "\\u27E6".getBytes(StandardCharsets.US_ASCII)
    };

    @Property
    void an_opener_is_seen_wherever_it_stands(
            @ForAll @Size(max = 30) byte[] before,
            @ForAll @IntRange(max = 2) int which,
            @ForAll @Size(max = 30) byte[] behind) {
        byte[] opener = OPENERS[which];
        var json = new byte[before.length + opener.length + behind.length];
        System.arraycopy(before, 0, json, 0, before.length);
        System.arraycopy(opener, 0, json, before.length, opener.length);
        System.arraycopy(behind, 0, json, before.length + opener.length, behind.length);
        assertThat(OpenerBytes.mayStandIn(json)).isTrue();
    }

    @Property
    void none_is_seen_where_none_stands(@ForAll @Size(max = 40) byte[] json) {
        for (int i = 0; i < json.length; i++) {
            json[i] = json[i] == (byte) 0x9F || json[i] == '7' ? (byte) '2' : json[i];
        }
        assertThat(OpenerBytes.mayStandIn(json)).isFalse();
    }
}
