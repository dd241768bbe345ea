package dev.fogline.gateway.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.RoutingPolicy;
import dev.fogline.policies.SensitivityLevels;
import dev.fogline.policies.file.KeyDescription;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of {@code fogline.yaml}: written out at its default it changes nothing, at another value only its own respect. */
class EveryKeyTest {
    private static final String BASE = """
            version: 1
            #top
            keys: [ { name: app, sha256: SHA } ]
            targets:
              - id: edge/a
                base-url: http://127.0.0.1:1/v1
                #edge
              - id: cloud/b
                base-url: http://b.example/v1
                price: { input: 1, output: 2, source: list, date: 2026-11-01 }
                #cloud
            """.replace("SHA", "a".repeat(64));

    /**
     * Another value of a key.
     *
     * @param instead what of the base it stands for; a comment is a place where nothing stood
     * @param changes which respects of the configuration differ then
     */
    private record Sample(String instead, String other, String... changes) {}

    private static final Map<String, Sample> SAMPLES = Map.ofEntries(
            entry("host", new Sample("#top", "host: 127.0.0.1", "users.host")),
            entry("port", new Sample("#top", "port: 18080", "users.port")),
            entry("operator-host", new Sample("#top", "operator-host: localhost", "operators.host")),
            entry("operator-port", new Sample("#top", "operator-port: 19000", "operators.port")),
            entry(
                    "policy",
                    new Sample(
                            "#top",
                            "policy: clinic.yaml",
                            "policy.name",
                            "policy.revision",
                            "policy.effective",
                            "policyText.source",
                            "policyText.text",
                            "policyText.file")),
            entry("decision-log", new Sample("#top", "decision-log: off", "decisionLog")),
            entry("audit.path", new Sample("#top", "audit: { path: off }", "audit.folder")),
            entry("audit.file-mib", new Sample("#top", "audit: { file-mib: 1 }", "audit.fileBytes")),
            entry("audit.files", new Sample("#top", "audit: { files: 30 }", "audit.files")),
            entry("keys[].name", new Sample("name: app", "name: other", "users.keys")),
            entry("keys[].sha256", new Sample("a".repeat(64), "b".repeat(64), "users.keys")),
            entry("keys[].sensitivity", new Sample("name: app", "name: app, sensitivity: internal", "users.keys")),
            entry("hosts", new Sample("#top", "hosts: [box.lan]", "users.hosts", "operators.hosts")),
            entry(
                    "cors.origins",
                    new Sample("#top", "cors: { origins: ['https://app.example.org'] }", "users.origins")),
            entry("targets[].id", new Sample("cloud/b", "cloud/c", "targets[1].target.id", "targets[1].target.model")),
            entry(
                    "targets[].preset",
                    new Sample(
                            "#cloud",
                            "preset: deepseek",
                            "targets[1].target.model",
                            "targets[1].provider",
                            "targets[1].key",
                            "targets[1].maxTokensField",
                            "targets[1].contextTokens")),
            entry("targets[].base-url", new Sample("b.example/v1", "b.example/v2", "targets[1].baseUrl")),
            entry("targets[].model", new Sample("#cloud", "model: large-1", "targets[1].target.model")),
            entry("targets[].key", new Sample("#cloud", "key: ${MY_KEY}", "targets[1].key")),
            entry("targets[].key-file", new Sample("#cloud", "key-file: my.key", "targets[1].key")),
            entry("targets[].usage", new Sample("#cloud", "usage: never", "targets[1].usage")),
            entry(
                    "targets[].max-tokens-field",
                    new Sample("#cloud", "max-tokens-field: max_tokens", "targets[1].maxTokensField")),
            entry("targets[].drop", new Sample("#cloud", "drop: [seed]", "targets[1].drop")),
            entry("targets[].refuses", new Sample("#cloud", "refuses: [tools]", "targets[1].refuses")),
            entry("targets[].context", new Sample("#cloud", "context: 4096", "targets[1].contextTokens")),
            entry("targets[].region", new Sample("#cloud", "region: eu", "targets[1].target.region")),
            entry("targets[].licence", new Sample("#cloud", "licence: mit", "targets[1].target.licence")),
            entry("targets[].price.input", new Sample("input: 1", "input: 3", "targets[1].target.price.input")),
            entry("targets[].price.output", new Sample("output: 2", "output: 3", "targets[1].target.price.output")),
            entry(
                    "targets[].price.cached-input",
                    new Sample("output: 2", "output: 2, cached-input: 0.5", "targets[1].target.price.cachedInput")),
            entry(
                    "targets[].price.source",
                    new Sample("source: list", "source: bill", "targets[1].target.price.source")),
            entry("targets[].price.date", new Sample("2026-11-01", "2026-11-02", "targets[1].target.price.date")),
            entry("targets[].limits.connect", limit("connect: 1s", "connect")),
            entry("targets[].limits.first-event", limit("first-event: 1s", "firstEvent")),
            entry("targets[].limits.idle", limit("idle: 1s", "idle")),
            entry("targets[].limits.stream-total", limit("stream-total: 1s", "streamTotal")),
            entry("targets[].limits.total", limit("total: 1s", "total")),
            entry("targets[].limits.concurrent", limit("concurrent: 1", "concurrent")),
            entry("targets[].ca", new Sample("#cloud", "ca: ca.pem", "targets[1].trust.ca")),
            // Without the word this address would be refused (ConfigReaderTest).
            entry(
                    "targets[].plaintext",
                    new Sample(
                            "http://127.0.0.1:1/v1",
                            "http://10.0.0.2/v1\n    plaintext: accepted",
                            "targets[0].baseUrl")),
            entry(
                    "targets[].trust-as-edge",
                    new Sample("#edge", "trust-as-edge: our own rack", "targets[0].trust.localOnly")),
            entry("aliases", new Sample("#top", "aliases: { mine: cloud }", "aliases")));

    /** Defaults that depend, as the page tells them in words: where they stand, and written out. */
    private static final Map<String, List<Sample>> DEFAULTS_IN_WORDS = Map.of(
            "targets[].usage", List.of(new Sample("#cloud", "usage: ask")),
            "targets[].model", List.of(new Sample("#cloud", "model: b")),
            "targets[].drop", List.of(new Sample("#cloud", "drop: []")),
            "targets[].context", List.of(new Sample("#cloud", "context: 0")),
            "targets[].limits.connect",
                    List.of(
                            new Sample("#edge", "limits: { connect: 2s }"),
                            new Sample("#cloud", "limits: { connect: 5s }")),
            "targets[].limits.concurrent",
                    List.of(
                            new Sample("#edge", "limits: { concurrent: 64 }"),
                            new Sample("#cloud", "limits: { concurrent: 1024 }")));

    @TempDir
    Path folder;

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void prepare() throws IOException {
        variables.putAll(Map.of("MY_KEY", "k-1", "DEEPSEEK_API_KEY", "k-2"));
        Files.writeString(folder.resolve("clinic.yaml"), "version: 1\nname: clinic\n");
        Files.writeString(folder.resolve("my.key"), "k-3\n");
        Files.writeString(folder.resolve("ca.pem"), "");
    }

    @Test
    void no_key_is_forgotten_here() {
        assertThat(SAMPLES.keySet())
                .isEqualTo(new TreeSet<>(rows().map(KeyDescription::path).toList()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void another_value_changes_its_own_respect_and_nothing_else(KeyDescription row) throws IOException {
        assertThat(differences(read(BASE), read(with(sample(row)))))
                .as(row.path())
                .containsExactlyInAnyOrder(sample(row).changes);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_default_written_out_changes_nothing(KeyDescription row) throws IOException {
        String key = row.path()
                .substring(Math.max(row.path().lastIndexOf('.'), row.path().lastIndexOf(']')) + 1);
        for (Sample written : DEFAULTS_IN_WORDS.getOrDefault(row.path(), List.of())) {
            assertThat(read(with(written))).as(written.other).isEqualTo(read(BASE));
            assertThat(row.normally())
                    .matches(words -> row.path().endsWith("model")
                            || row.path().endsWith("drop")
                            || words.contains(written.other.replaceAll(".*: (\\w+).*", "$1")));
        }
        if (!row.key().normally().isEmpty()) {
            String line = key + ": " + row.key().normally();
            Sample written = row.path().contains("limits")
                    ? new Sample("#cloud", "limits: { " + line + " }")
                    : row.path().startsWith("keys")
                            ? new Sample("name: app", "name: app, " + line)
                            : new Sample("#top", row.path().startsWith("audit.") ? "audit: { " + line + " }" : line);
            assertThat(read(with(written))).as(line).isEqualTo(read(BASE));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_variable_says_the_same_as_its_key_and_comes_before_it(KeyDescription row) throws IOException {
        String variable = row.key().variable();
        if (variable.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> expected = read(with(sample(row)));
        String written = sample(row).other.replaceFirst("^[a-z-]+: ", "");
        variables.put(variable, written);
        assertThat(read(BASE)).as(variable).isEqualTo(expected);
        Files.writeString(folder.resolve("other.yaml"), "version: 1\nname: other\n");
        String[] others = {"localhost", "18081", "127.0.0.1", "19001", "other.yaml"};
        int index = List.of("host", "port", "operator-host", "operator-port", "policy")
                .indexOf(row.path());
        assertThat(read(BASE.replace("#top", row.path() + ": " + others[index])))
                .as(variable)
                .isEqualTo(expected);
    }

    private static Stream<KeyDescription> rows() {
        return KeyDescription.of(ConfigFile.class).stream()
                .filter(row -> !row.value().isEmpty() && !row.path().equals("version"));
    }

    private static Sample sample(KeyDescription row) {
        Sample sample = SAMPLES.get(row.path());
        if (sample == null) {
            throw new AssertionError("there is no sample of " + row.path());
        }
        return sample;
    }

    private static Sample limit(String line, String component) {
        return new Sample("#cloud", "limits: { " + line + " }", "targets[1].limits." + component);
    }

    private static String with(Sample sample) {
        assertThat(BASE).contains(sample.instead);
        return BASE.replace(sample.instead, sample.other);
    }

    private Map<String, @Nullable Object> read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("fogline.yaml"), yaml);
        GatewayConfig config = new ConfigReader(new Environment(variables), folder, folder).read(Optional.of(file));
        var flat = new TreeMap<String, @Nullable Object>();
        flatten("", config, flat);
        return flat;
    }

    private static Set<String> differences(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        var names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(name -> java.util.Objects.equals(one.get(name), other.get(name)));
        return names;
    }

    private static void flatten(String name, @Nullable Object value, Map<String, @Nullable Object> flat) {
        switch (value) {
            // Values without equality, for which the policy's revision stands.
            case RoutingPolicy opaque -> {}
            case SensitivityLevels opaque -> {}
            case Optional<?> optional -> flatten(name, optional.orElse(null), flat);
            case Secret secret -> flat.put(name, secret);
            case Record entry -> {
                for (RecordComponent component : entry.getClass().getRecordComponents()) {
                    flatten((name.isEmpty() ? "" : name + ".") + component.getName(), valueOf(entry, component), flat);
                }
            }
            case List<?> list
            when list.stream().anyMatch(Record.class::isInstance) -> {
                for (int i = 0; i < list.size(); i++) {
                    flatten(name + "[" + i + "]", list.get(i), flat);
                }
            }
            case null, default -> flat.put(name, value);
        }
    }

    private static @Nullable Object valueOf(Record entry, RecordComponent component) {
        try {
            return component.getAccessor().invoke(entry);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }
}
