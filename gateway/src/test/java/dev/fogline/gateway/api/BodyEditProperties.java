package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fogline.policies.privacy.Detectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Edits of the bytes do what edits of the tree would do, and touch nothing else. */
class BodyEditProperties {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SPACES = List.of("", " ", "\n\t", "  \r\n ");
    private static final List<String> FIELDS = List.of(
            "\"stream\":true",
            "\"stream_options\":{}",
            "\"stream_options\": { }",
            "\"stream_options\":{\"include_usage\":false}",
            "\"stream_options\":{\"x\":1,\"include_usage\" : null}",
            "\"stream_options\":{\"x\":[{}]}",
            "\"stream_options\":null",
            "\"max_tokens\" : 12",
            "\"max_completion_tokens\":7",
            "\"temp\\u0065rature\":0.50",
            "\"seed\":12345678901234567890",
            "\"max_tokens\" : null",
            "\"user\":\"j\\u00e9\"",
            "\"x\":\"\u4f60\u597d \\\" \\\\ \\u4f60\"",
            "\"y\":[1.0e5,{\"a\":{}},[]]");

    private final ChatRequestReader reader = new ChatRequestReader(Detectors.standard());

    @Property(tries = 2000)
    void edits_of_the_bytes_are_edits_of_the_tree(
            @ForAll long seed, @ForAll @IntRange(max = (1 << TreeEdit.KINDS) - 1) int edits) throws Exception {
        String body = body(new Random(seed));
        ChatRequest request = reader.read(body.getBytes(StandardCharsets.UTF_8));
        BodyEdit edit = new BodyEdit(request);
        ObjectNode tree = TreeEdit.both(edits, edit, (ObjectNode) JSON.readTree(body));
        String edited = edit.apply().toString();
        assertThat(JSON.readTree(edited)).isEqualTo(tree);
        if (edits == 0) {
            assertThat(edited).isEqualTo(body);
        }
    }

    private static String body(Random random) {
        var fields = new ArrayList<String>();
        fields.add("\"model\":\"a\\u0062c\"");
        fields.add("\"messages\" : [ {\"role\":\"user\",\"content\":\"\\ud83d\\ude00 \u597d\"} ]");
        var names = new java.util.HashSet<String>();
        for (String field : shuffled(FIELDS, random).subList(0, random.nextInt(6))) {
            if (names.add(field.substring(0, field.indexOf(':')).strip())) {
                fields.add(field);
            }
        }
        var body = new StringBuilder(space(random)).append('{');
        for (String field : shuffled(fields, random)) {
            body.append(body.indexOf("\"") < 0 ? "" : ",")
                    .append(space(random))
                    .append(field)
                    .append(space(random));
        }
        return body.append('}').append(space(random)).toString();
    }

    private static List<String> shuffled(List<String> list, Random random) {
        var copy = new ArrayList<>(list);
        java.util.Collections.shuffle(copy, random);
        return copy;
    }

    private static String space(Random random) {
        return SPACES.get(random.nextInt(SPACES.size()));
    }
}
