package dev.fogline.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** What holds without a word of configuration, and what a word is needed for. */
class DefaultsTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    Path folder;

    private final Map<String, String> variables = new HashMap<>();

    @Test
    void users_are_at_localhost_8080_and_operators_at_127_0_0_1_9000() {
        GatewayConfig config = read();
        assertThat(config.users().host()).isEqualTo("localhost");
        assertThat(config.users().port()).isEqualTo(8080);
        assertThat(config.operators().host()).isEqualTo("127.0.0.1");
        assertThat(config.operators().port()).isEqualTo(9000);
        assertThat(config.users().origins()).isEmpty();
    }

    @Test
    void ports_and_hosts_may_come_as_variables() {
        variables.putAll(Map.of(
                "FOGLINE_GATEWAY_PORT",
                "18080",
                "FOGLINE_GATEWAY_HOST",
                "127.0.0.1",
                "FOGLINE_OPERATOR_PORT",
                "19000",
                "FOGLINE_OPERATOR_HOST",
                "::1"));
        GatewayConfig config = read();
        assertThat(config.users().host()).isEqualTo("127.0.0.1");
        assertThat(config.users().port()).isEqualTo(18080);
        assertThat(config.operators().host()).isEqualTo("::1");
        assertThat(config.operators().port()).isEqualTo(19000);
    }

    @Test
    void no_port_listens_beyond_this_machine_without_its_credential() throws IOException {
        Map<String, String> credentials = Map.of("host", "FOGLINE_API_KEYS", "operator-host", "FOGLINE_OPERATOR_TOKEN");
        for (var port : credentials.entrySet()) {
            String yaml = "version: 1\n" + port.getKey() + ": 0.0.0.0";
            assertThatThrownBy(() -> read(yaml))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(port.getValue());
            variables.put(port.getValue(), "a-long-secret");
            assertThat(read(yaml).source()).isNotEmpty();
        }
    }

    @Test
    void the_well_known_families_are_routed() {
        assertThat(read().aliases())
                .containsEntry("gpt-*", "auto")
                .containsEntry("claude-*", "auto")
                .containsEntry("gemini-*", "auto")
                .containsEntry("deepseek-*", "auto")
                .containsEntry("qwen*", "auto")
                .containsEntry("ernie-*", "auto");
    }

    @Test
    void limits_are_these() {
        variables.put("FOGLINE_STAND_IN_URL", "http://127.0.0.1:5/v1");
        List<Limits> limits =
                read().targets().stream().map(TargetConfig::limits).toList();
        Duration minute = Duration.ofMinutes(1);
        Duration stream = Duration.ofMinutes(10);
        Duration whole = Duration.ofMinutes(5);
        assertThat(limits)
                .containsExactly(
                        new Limits(Duration.ofSeconds(2), minute, minute, stream, whole, 64),
                        new Limits(Duration.ofSeconds(5), minute, minute, stream, whole, 1024));
    }

    @Test
    void only_a_reason_lifts_the_look_at_an_edges_address() throws IOException {
        assertThat(edge("http://127.0.0.1:5/v1", "").trust().localOnly()).isTrue();
        assertThat(edge("http://far.example.org/v1", ", plaintext: accepted")
                        .trust()
                        .localOnly())
                .isTrue();
        assertThat(edge("http://far.example.org/v1", ", plaintext: accepted, trust-as-edge: our own VPN")
                        .trust()
                        .localOnly())
                .isFalse();
        assertThatThrownBy(() -> edge("http://127.0.0.1:5/v1", ", trust-as-edge: ''"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("reason");
    }

    @Test
    void an_edge_beyond_this_machine_needs_its_authority_or_a_word() throws IOException {
        Path ca = Files.writeString(folder.resolve("ca.pem"), "");
        for (String refused : List.of("http://10.0.0.2/v1", "https://10.0.0.2/v1")) {
            assertThatThrownBy(() -> edge(refused, ""))
                    .as(refused)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("ca: FILE")
                    .hasMessageContaining("plaintext: accepted");
        }
        assertThatThrownBy(() -> edge("http://10.0.0.2/v1", ", ca: " + ca)).isInstanceOf(ConfigException.class);
        assertThat(edge("https://10.0.0.2/v1", ", ca: " + ca).trust().ca()).contains(ca.toString());
        assertThat(edge("http://10.0.0.2/v1", ", plaintext: accepted").trust().ca())
                .isEmpty();
    }

    @Test
    void a_key_comes_from_a_variable_or_a_file() throws IOException {
        variables.put("MY_KEY", "k-1");
        Path file = Files.writeString(folder.resolve("key"), "k-2\n");
        assertThat(cloud("key: '${MY_KEY}'").key()).contains(new Secret("k-1"));
        assertThat(cloud("key-file: " + file).key()).contains(new Secret("k-2"));
        assertThatThrownBy(() -> cloud("key: sk-in-the-file"))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("sk-in-the-file");
        assertThatThrownBy(() -> cloud("key: '${MY_KEY}', key-file: " + file)).isInstanceOf(ConfigException.class);
    }

    @Test
    void state_is_kept_under_fogline_state() throws IOException {
        read();
        assertThat(folder.resolve("home/.local/state/fogline")).isNotEmptyDirectory();

        Path state = folder.resolve("elsewhere");
        variables.put("FOGLINE_STATE", state.toString());
        read();
        assertThat(state).isNotEmptyDirectory();
    }

    @Test
    void no_process_writes_a_dump_that_holds_prompts() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("deploy/jvm/flags")))
                .contains("-XX:-HeapDumpOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null");
        assertThat(Files.readString(ROOT.resolve("fogline")))
                .as("the engine is no JVM")
                .contains("ulimit -c 0");
    }

    private TargetConfig edge(String url, String more) throws IOException {
        return target("edge/a", url, more);
    }

    private TargetConfig cloud(String more) throws IOException {
        return target("cloud/a", "http://b/v1", ", " + more);
    }

    private TargetConfig target(String id, String url, String more) throws IOException {
        return read("version: 1\ntargets: [ { id: " + id + ", base-url: '" + url + "'" + more + " } ]")
                .targets()
                .getFirst();
    }

    private GatewayConfig read(String yaml) throws IOException {
        return read(Optional.of(Files.writeString(folder.resolve("named.yaml"), yaml)));
    }

    private GatewayConfig read() {
        return read(Optional.empty());
    }

    private GatewayConfig read(Optional<Path> file) {
        return new ConfigReader(new Environment(variables), folder, folder.resolve("home")).read(file);
    }
}
