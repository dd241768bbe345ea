package dev.fogline.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.gateway.config.TargetConfig.UsageHabit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    @TempDir
    Path folder;

    private final Map<String, String> variables = new HashMap<>();

    @Test
    void without_a_file_there_is_the_local_edge_and_the_well_known_names() {
        GatewayConfig config = read(Optional.empty());
        assertThat(ids(config)).containsExactly("edge/smollm2-135m");
        assertThat(config.users().port()).isEqualTo(8080);
        assertThat(config.operators().port()).isEqualTo(9000);
        assertThat(config.aliases()).containsEntry("gpt-*", "auto").containsEntry("claude-*", "auto");
    }

    @Test
    void what_up_chose_is_added_to_the_built_in_default() {
        variables.put("FOGLINE_EDGE_MODEL", "qwen3-0.6b");
        variables.put("FOGLINE_AGENT_PORT", "18081");
        variables.put("FOGLINE_CLOUD", "deepseek");
        variables.put("DEEPSEEK_API_KEY", "sk-secret");
        variables.put("FOGLINE_STAND_IN_URL", "http://127.0.0.1:5/v1");
        GatewayConfig config = read(Optional.empty());
        assertThat(ids(config)).containsExactly("edge/qwen3-0.6b", "cloud/deepseek-v4-flash");
        assertThat(config.targets().getFirst().baseUrl()).hasToString("http://127.0.0.1:18081/v1");
        TargetConfig cloud = config.targets().getLast();
        assertThat(cloud.baseUrl()).hasToString("https://api.deepseek.com");
        assertThat(cloud.key()).contains(new Secret("sk-secret"));
        assertThat(config.toString() + ConfigCommand.describe(config)).doesNotContain("sk-secret");
    }

    @Test
    void the_stand_in_is_there_only_while_no_cloud_is() throws IOException {
        variables.put("FOGLINE_STAND_IN_URL", "http://127.0.0.1:5/v1");
        TargetConfig standIn = read(Optional.empty()).targets().getLast();
        assertThat(standIn.target().id()).isEqualTo("cloud/stand-in");
        assertThat(standIn.contextTokens()).isEqualTo(8192);
        assertThat(standIn.target().price().orElseThrow().source()).isEqualTo("stand-in");
        assertThat(ids(read("version: 1\ntargets: [ { id: cloud/a, base-url: 'http://b/v1' } ]")))
                .containsExactly("cloud/a");
    }

    @Test
    void a_target_says_all_it_needs() throws IOException {
        variables.put("MY_KEY", "k");
        TargetConfig target = read("""
                version: 1
                targets:
                  - id: cloud/large
                    base-url: https://models.example.org/some/path/
                    model: large-1
                    key: ${MY_KEY}
                    usage: never
                    max-tokens-field: max_tokens
                    drop: [seed]
                    refuses: [tools]
                    context: 32768
                    price: { input: 1.5, output: 6, source: contract, date: 2026-11-01 }
                    limits: { connect: 500ms, first-event: 10s, idle: 2m, stream-total: 1h, total: 30s, concurrent: 7 }
                """).targets().getFirst();
        assertThat(target.baseUrl()).hasToString("https://models.example.org/some/path");
        assertThat(target.target().model()).isEqualTo("large-1");
        assertThat(target.usage()).isEqualTo(UsageHabit.NEVER);
        assertThat(target.maxTokensField()).contains("max_tokens");
        assertThat(target.drop()).containsExactly("seed");
        assertThat(target.refuses()).containsExactly("tools");
        assertThat(target.contextTokens()).isEqualTo(32768);
        assertThat(target.target().price().orElseThrow().output()).isEqualTo(6);
        assertThat(target.limits())
                .isEqualTo(new Limits(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(2),
                        Duration.ofHours(1),
                        Duration.ofSeconds(30),
                        7));
    }

    @Test
    void a_policy_is_a_pack_or_a_file_and_the_pack_balanced_where_none_is_named() throws IOException {
        assertThat(read(Optional.empty()).policy().name()).isEqualTo("balanced");
        assertThat(read(Optional.empty()).policyText().source()).isEqualTo("pack:balanced");
        assertThat(read("version: 1\npolicy: pack:clinic\n").policy().name()).isEqualTo("clinic");
        variables.put("FOGLINE_POLICY", "pack:school");
        GatewayConfig config = read("version: 1\npolicy: pack:clinic\n");
        assertThat(config.policy().name()).isEqualTo("school");
        assertThat(config.policyText().file()).isEmpty();
        variables.put("FOGLINE_POLICY", "pack:scool");
        assertThatThrownBy(() -> read(Optional.empty())).hasMessageContaining("'scool' is no pack; there are balanced");
    }

    @Test
    void a_preset_knows_what_cached_input_costs() {
        variables.put("FOGLINE_CLOUD", "deepseek");
        variables.put("DEEPSEEK_API_KEY", "k");
        GatewayConfig config = read(Optional.empty());
        assertThat(config.targets().getLast().target().price().orElseThrow().cachedInput())
                .isEqualTo(0.0028);
        assertThat(ConfigCommand.describe(config)).contains("cached-input: 0.0028");
    }

    @Test
    void every_preset_is_complete() {
        for (String name : List.of(
                "openai", "deepseek", "dashscope", "qianfan", "moonshot", "mistral", "gemini", "openrouter", "zhipu")) {
            variables.clear();
            variables.put("FOGLINE_CLOUD", name);
            assertThatThrownBy(() -> read(Optional.empty())).as(name).hasMessageContaining("_API_KEY");
            for (String key : List.of(
                    "OPENAI",
                    "DEEPSEEK",
                    "DASHSCOPE",
                    "QIANFAN",
                    "MOONSHOT",
                    "MISTRAL",
                    "GEMINI",
                    "OPENROUTER",
                    "ZHIPU")) {
                variables.put(key + "_API_KEY", "k");
            }
            TargetConfig cloud = read(Optional.empty()).targets().getLast();
            assertThat(cloud.baseUrl().getScheme()).isEqualTo("https");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 2 | version",
                "port: 8080 | version",
                "version: 1%nprot: 8080 | line 2: the key 'prot' is unknown; the nearest known one is 'port'",
                "version: 1%ntargets:%n  - id: cloud/a%n    base_url: http://b%n    model: m%naliases: {} | line 4: the key 'targets[1].base_url'",
                "version: 1%nport: high | line 2: the key 'port' must be a whole number",
                "version: 1%nport: 70000 | port",
                "version: 1%nversion: 1 | line 2",
                "version: 1%ntargets: [ { id: edge/a } ] | base-url",
                "version: 1%ntargets: [ { base-url: 'http://b' } ] | id",
                "version: 1%ntargets: [ { id: fog/a, base-url: 'http://b' } ] | edge/NAME or cloud/NAME",
                "version: 1%ntargets: [ { id: edge/a, base-url: 'ftp://b' } ] | base-url",
                "version: 1%ntargets: [ { id: edge/a, base-url: 'http://u:p@b' } ] | base-url",
                "version: 1%ntargets: [ { id: cloud/a, base-url: 'http://b' }, { id: cloud/a, base-url: 'http://b' } ] | twice",
                "version: 1%ntargets: [ { id: cloud/a, preset: opnai } ] | opnai",
                "version: 1%ntargets: [ { id: cloud/a, base-url: 'http://b', key: sk-123 } ] | variable",
                "version: 1%ntargets: [ { id: cloud/a, base-url: 'http://b', key: '${NOPE}' } ] | NOPE",
                "version: 1%ntargets: [ { id: cloud/a, base-url: 'http://b', limits: { idle: 0s } } ] | duration",
                "version: 1%ntargets: [ { id: cloud/a, base-url: 'http://b', limits: { concurrent: 0 } } ] | concurrent",
                "version: 1%ntargets: [ { id: cloud/a, base-url: 'http://b', usage: maybe } ] | must be one of ask, always, never",
                "version: 1%ntargets: [ { id: edge/a, base-url: 'http://far.example.org/v1' } ] | ca: FILE",
                "version: 1%ntargets: [ { id: edge/a, base-url: 'http://10.0.0.2/v1', plaintext: yes-please } ] | accepted",
                "version: 1%ntargets: [ { id: cloud/a, base-url: 'http://b/v1', trust-as-edge: mine } ] | trust-as-edge",
                "version: 1%nhost: 0.0.0.0 | FOGLINE_API_KEYS",
                "version: 1%noperator-host: 0.0.0.0 | FOGLINE_OPERATOR_TOKEN",
                "version: 1%nkeys: [ { name: app, sha256: abc } ] | sha256",
                "version: 1%naliases: { a: nowhere } | nowhere",
                "version: 1%naliases: { 'a*b*': auto } | one *",
                "[ | the file must be a map",
                "version: 1%ntargets: 7 | line 2: the key 'targets' must be a list",
                "version: 1%n\ttargets: 7 | YAML",
            })
    void a_mistake_stops_the_start_with_its_place(String yaml, String says) {
        assertThatThrownBy(() -> read(yaml.replace("%n", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("fogline.yaml")
                .hasMessageContaining(says)
                .message()
                .doesNotContain("sk-123");
    }

    @Test
    void an_unknown_variable_stops_the_start_with_the_nearest_known_one() {
        variables.put("FOGLINE_GATEWAY_PROT", "1");
        assertThatThrownBy(() -> read(Optional.empty()))
                .hasMessageContaining("FOGLINE_GATEWAY_PROT")
                .hasMessageContaining("FOGLINE_GATEWAY_PORT");
    }

    @Test
    void the_first_file_found_wins() throws IOException {
        Path named = Files.writeString(folder.resolve("named.yaml"), "version: 1\nport: 1");
        Path byVariable = Files.writeString(folder.resolve("variable.yaml"), "version: 1\nport: 2");
        Files.writeString(folder.resolve("fogline.yaml"), "version: 1\nport: 3");
        Path inHome = folder.resolve("home/.config/fogline/fogline.yaml");
        Files.createDirectories(inHome.getParent() == null ? folder : inHome.getParent());
        Files.writeString(inHome, "version: 1\nport: 4");

        variables.put("FOGLINE_CONFIG", byVariable.toString());
        assertThat(read(Optional.of(named)).users().port()).isEqualTo(1);
        assertThat(read(Optional.empty()).users().port()).isEqualTo(2);
        variables.clear();
        assertThat(read(Optional.empty()).users().port()).isEqualTo(3);
        Files.delete(folder.resolve("fogline.yaml"));
        assertThat(read(Optional.empty()).users().port()).isEqualTo(4);
        assertThatThrownBy(() -> read(Optional.of(folder.resolve("absent.yaml"))))
                .hasMessageContaining("absent.yaml");
    }

    private GatewayConfig read(String yaml) throws IOException {
        return read(Optional.of(Files.writeString(folder.resolve("fogline.yaml"), yaml)));
    }

    private GatewayConfig read(Optional<Path> file) {
        return new ConfigReader(new Environment(variables), folder, folder.resolve("home")).read(file);
    }

    private static List<String> ids(GatewayConfig config) {
        return config.targets().stream().map(target -> target.target().id()).toList();
    }
}
