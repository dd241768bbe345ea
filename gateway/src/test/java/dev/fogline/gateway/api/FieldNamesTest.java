package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class FieldNamesTest {
    @Property
    void they_are_a_set_however_many_there_are(
            @ForAll List<@CharRange(from = 'a', to = 'f') @StringLength(max = 2) String> names) {
        var seen = new FieldNames();
        Set<String> expected = new HashSet<>();
        for (String name : names) {
            assertThat(seen.add(name)).isEqualTo(expected.add(name));
            assertThat(seen.size()).isEqualTo(expected.size());
        }
    }
}
