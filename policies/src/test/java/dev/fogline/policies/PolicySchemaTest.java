package dev.fogline.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors complete policies by: what it lets pass, and what it underlines. */
class PolicySchemaTest {
    private static final Path PUBLISHED = Path.of("policy.schema.json");

    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Policy.schema());

    @Test
    void what_is_published_is_what_the_reader_takes() throws IOException {
        assertThat(Files.readString(PUBLISHED)).isEqualTo(Policy.schema());
    }

    @Test
    void it_is_a_schema_itself() throws IOException {
        JsonSchema ofSchemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(ofSchemas.validate(new ObjectMapper().readTree(Policy.schema())))
                .isEmpty();
    }

    @ParameterizedTest
    @FieldSource("dev.fogline.policies.PolicyLibrary#PACKS")
    void every_pack_passes_and_names_it(String pack) throws IOException {
        String yaml = Files.readString(Path.of("packs", pack + ".yaml"));
        assertThat(yaml).startsWith("# yaml-language-server: $schema=../policy.schema.json\n");
        assertThat(wrong(yaml)).isEmpty();
        assertThat(wrong(Policy.pack(pack).effective())).isEmpty();
    }

    @Test
    void a_policy_of_every_built_key_passes() throws IOException {
        assertThat(wrong(PolicyFileTest.EVERY_KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: x",
                "version: 2\nname: x",
                "version: 1\nname: x\nrulez: []",
                "version: 1\nname: x\nshadow: { sample: 1% }",
                "version: 1\nname: x\nlatency: { ttft: 1s, hedge: {} }",
                "version: 1\nname: x\nlatency: { ttft: fast }",
                "version: 1\nname: x\nlatency: { ttft: 1s, percentile: 100 }",
                "version: 1\nname: x\nrules: [ { id: a, egress: deny } ]",
                "version: 1\nname: x\nrules: [ { id: a, when: 'true', egress: maybe } ]",
                "version: 1\nname: x\nrules: [ { id: a, when: 'true', escalate: 1 } ]",
                "version: 1\nname: x\nprivacy: { levels: { cn_di: restricted } }",
                "version: 1\nname: x\nprivacy: { mask: { redact: [ nothing ] } }",
                "version: 1\nname: x\nprefer: { cost: 101 }",
                "version: 1\nname: x\ncost: { budget: { usd: 1 } }",
            })
    void a_mistake_is_underlined_and_refused_by_the_reader_too(String yaml) throws IOException {
        assertThat(wrong(yaml)).isNotEmpty();
        assertThat(catchThrowable(() -> Policy.load("p", yaml))).isNotNull();
    }

    private Set<ValidationMessage> wrong(String yaml) throws IOException {
        JsonNode tree = new YAMLMapper().readTree(yaml);
        return schema.validate(tree);
    }
}
