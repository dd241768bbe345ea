package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fogline.policies.privacy.Detectors;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What holds for whatever comes as a request: it is refused with 400, or it is a request whose fields stand where the reader
 * says, and every edit of its bytes is an edit of its tree and of nothing else.
 */
public final class RequestFuzz {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ChatRequestReader READER = new ChatRequestReader(Detectors.standard());

    private RequestFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] body) throws IOException {
        holds(body);
    }

    /** @return whether it was taken */
    static boolean holds(byte[] body) throws IOException {
        ChatRequest request;
        try {
            request = READER.read(body.clone());
        } catch (FailureException e) {
            assertThat(e.failure().status()).isEqualTo(400);
            return false;
        }
        ObjectNode tree = (ObjectNode) JSON.readTree(body);
        fieldsStandWhereTheyAreSaidTo(request, tree);
        editsChangeOnlyWhatTheyName(request, tree);
        assertThat(request.body()).isEqualTo(body);
        return true;
    }

    private static void fieldsStandWhereTheyAreSaidTo(ChatRequest request, ObjectNode tree) throws IOException {
        assertThat(request.fields()).hasSize(tree.size());
        for (BodyField field : request.fields()) {
            byte[] value = Arrays.copyOfRange(request.body(), field.valueStart(), field.valueEnd());
            assertThat(JSON.readTree(value)).isEqualTo(tree.get(field.name()));
            assertThat(request.body()[field.keyStart()]).isEqualTo((byte) '"');
        }
        assertThat(request.model()).isEqualTo(tree.get("model").textValue());
        assertThat(request.promptTokens()).isPositive();
        assertThat(request.maxTokens()).isNotNegative();
    }

    private static void editsChangeOnlyWhatTheyName(ChatRequest request, ObjectNode tree) throws IOException {
        byte[] body = request.body();
        assertThat(new BodyEdit(request).apply().getBytes()).isEqualTo(body);
        for (String name : List.of("model", "user", "max_tokens", "stop")) {
            BodyField field = request.field(name);
            if (field != null) {
                outside(
                        body,
                        field.valueStart(),
                        field.valueEnd(),
                        new BodyEdit(request).replaceText(name, t -> t + "\"\\"));
                outside(body, field.keyStart(), field.valueStart(), new BodyEdit(request).rename(name, "ren\"amed"));
            }
        }
        int some = Arrays.hashCode(body);
        for (int i = 0; i < 8; i++) {
            int edits = (some + 37 * i) & ((1 << TreeEdit.KINDS) - 1);
            BodyEdit edit = new BodyEdit(request);
            ObjectNode expected = TreeEdit.both(edits, edit, tree);
            byte[] edited = edit.apply().getBytes();
            assertThat(JSON.readTree(edited)).as("edits %d", edits).isEqualTo(expected);
            assertThat(READER.read(edited).fields()).hasSize(expected.size());
        }
    }

    /** The bytes before and after the given ones are those of the body. */
    private static void outside(byte[] body, int start, int end, BodyEdit edit) {
        byte[] edited = edit.apply().getBytes();
        assertThat(Arrays.copyOf(edited, start)).isEqualTo(Arrays.copyOf(body, start));
        int after = body.length - end;
        assertThat(Arrays.copyOfRange(edited, edited.length - after, edited.length))
                .isEqualTo(Arrays.copyOfRange(body, end, body.length));
    }
}
