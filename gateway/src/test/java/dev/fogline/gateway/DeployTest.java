package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fogline.gateway.audit.GatewayMetrics;
import dev.fogline.gateway.audit.TargetMetrics;
import dev.fogline.gateway.audit.egress.AuditMetrics;
import dev.fogline.gateway.config.ConfigReader;
import dev.fogline.gateway.config.Environment;
import dev.fogline.policies.Target;
import dev.fogline.policies.Usage;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What stands in {@code deploy/} agrees with the code, and with the tools that will read it where they are installed. */
class DeployTest {
    private static final Path DEPLOY = RunningFogline.ROOT.resolve("deploy");
    private static final Path PROMETHEUS = DEPLOY.resolve("prometheus");

    @Test
    void promtool_accepts_the_configuration_and_the_rules_and_their_tests_hold() {
        assumeInstalled("promtool", "prometheus");
        RunningFogline.run(
                List.of(), "promtool", "check", "config", "--syntax-only", "" + PROMETHEUS.resolve("prometheus.yml"));
        files("prometheus/rules")
                .forEach(rules -> RunningFogline.run(List.of(), "promtool", "check", "rules", "" + rules));
        assertThat(files("prometheus/tests")).isNotEmpty();
        files("prometheus/tests")
                .forEach(test -> RunningFogline.run(List.of(), "promtool", "test", "rules", "" + test));
    }

    @Test
    void every_metric_and_label_in_the_rules_and_their_tests_is_exported() {
        String page = page();
        Set<String> exported = new TreeSet<>();
        found("(?m)^(\\w+)(?:\\{| )", page).forEach(exported::add);
        for (Path file : Stream.of("rules", "tests")
                .flatMap(folder -> files("prometheus/" + folder).stream())
                .toList()) {
            String text = text(file).replaceAll("(?m)^ *#.*", "");
            List<String> metrics =
                    found("\\b((?:fogline|gen_ai)_[a-z0-9_]+)(?=[\\[{])", text).toList();
            assertThat(metrics).as("metrics in " + file).isNotEmpty();
            assertThat(exported).as("what the code exports, for " + file).containsAll(metrics);
            Pattern.compile("\\b((?:fogline|gen_ai)_[a-z0-9_]+)\\{([^}]*)}")
                    .matcher(text)
                    .results()
                    .forEach(selector -> assertThat(labels(page, selector.group(1)))
                            .as("labels of " + selector.group(1) + ", for " + file)
                            .containsAll(found("(\\w+) *(?:=|!=|=~|!~) *\"", selector.group(2))
                                    .toList()));
        }
    }

    @Test
    void every_series_that_a_rule_a_test_or_the_readme_asks_for_is_recorded() {
        Set<String> recorded = new TreeSet<>();
        for (Path rules : files("prometheus/rules")) {
            found("record: (\\S+)", text(rules)).forEach(recorded::add);
        }
        var readers = new ArrayList<>(files("prometheus/rules"));
        readers.addAll(files("prometheus/tests"));
        readers.add(DEPLOY.resolve("README.md"));
        for (Path reader : readers) {
            assertThat(recorded)
                    .as("recorded series, for " + reader)
                    .containsAll(found("\\b(fogline:[a-z]+:[a-z0-9_]+:[a-z0-9_]+)", text(reader))
                            .toList());
        }
    }

    @Test
    void every_yaml_file_can_be_read_and_has_no_key_twice() {
        List<Path> yaml = files("").stream()
                .filter(file -> file.toString().matches(".*\\.ya?ml"))
                .toList();
        assertThat(yaml).hasSizeGreaterThan(5);
        yaml.forEach(file -> assertThat(yaml(file)).as("" + file).isNotNull());
    }

    @Test
    void every_variable_of_ours_is_a_known_one() {
        Set<String> known = new TreeSet<>();
        found("`(FOGLINE_[A-Z_]*[A-Z])`", text(RunningFogline.ROOT.resolve("CONFIGURATION.md")))
                .forEach(known::add);
        assertThat(known).contains("FOGLINE_CACHE");
        for (Path file : files("")) {
            assertThat(known)
                    .as("known variables, for " + file)
                    .containsAll(found("\\b(FOGLINE_[A-Z_]*[A-Z])\\b(?!\\*)", text(file))
                            .toList());
        }
    }

    @Test
    void the_compose_file_passes_on_the_key_of_every_cloud() {
        var gateway = section(yaml(DEPLOY.resolve("compose/compose.yaml")), "services", "gateway", "environment");
        assertThat(gateway.keySet())
                .containsAll(found(
                                "key-variable: (\\S+)",
                                text(RunningFogline.ROOT.resolve("gateway/src/main/resources/presets.yaml")))
                        .toList());
    }

    @Test
    void the_gateway_accepts_the_configuration_of_the_compose_file(@TempDir Path folder) {
        var variables = Map.of(
                "FOGLINE_AGENT_TOKEN", "token",
                "FOGLINE_API_KEYS", "key",
                "FOGLINE_OPERATOR_TOKEN", "token",
                "FOGLINE_GATEWAY_HOST", "0.0.0.0",
                "FOGLINE_OPERATOR_HOST", "0.0.0.0",
                "FOGLINE_STATE", folder.toString());
        var config = new ConfigReader(new Environment(variables), folder, folder)
                .read(Optional.of(DEPLOY.resolve("compose/fogline.yaml")));
        assertThat(config.targets())
                .singleElement()
                .satisfies(target -> assertThat(target.key()).isPresent());
    }

    @Test
    void the_ports_are_those_of_the_applications() {
        String defaults = text(RunningFogline.ROOT.resolve("gateway/src/main/resources/default-fogline.yaml"));
        String users = one("(?m)^port: (\\d+)", defaults);
        String operators = one("operator-port: (\\d+)", defaults);
        String agent = one("@WithDefault\\(\"(\\d+)\"\\)\\s+int port\\(\\)", source("edge/EdgeConfig.java"));
        String agentOperators =
                one("@WithDefault\\(\"(\\d+)\"\\)\\s+int operatorPort\\(\\)", source("edge/EdgeConfig.java"));

        String gatewayImage = text(DEPLOY.resolve("images/Containerfile.gateway"));
        String agentImage = text(DEPLOY.resolve("images/Containerfile.edge-agent"));
        assertThat(gatewayImage)
                .contains("EXPOSE " + users + " " + operators + "\n", ":" + operators + "/health/ready");
        assertThat(agentImage)
                .contains("EXPOSE " + agent + " " + agentOperators + "\n", ":" + agentOperators + "/health/ready");
        assertThat(text(DEPLOY.resolve("compose/fogline.yaml"))).contains("http://edge-agent:" + agent + "/v1");
        for (String folder : List.of("prometheus", "compose")) {
            assertThat(text(DEPLOY.resolve(folder + "/targets/gateway.yml"))).contains(":" + operators + "\"");
            assertThat(text(DEPLOY.resolve(folder + "/targets/edge-agent.yml"))).contains(":" + agentOperators + "\"");
        }
        assertThat(text(DEPLOY.resolve("README.md")))
                .contains("| gateway | " + users + " | " + operators + " |")
                .contains("| edge-agent | " + agent + " | " + agentOperators + " |");
    }

    @Test
    void containers_run_without_rights_and_publish_only_to_this_machine() {
        for (String image : List.of("gateway", "edge-agent")) {
            assertThat(text(DEPLOY.resolve("images/Containerfile." + image)))
                    .containsPattern("(?m)^USER [1-9]\\d*:[1-9]\\d*$")
                    .containsPattern("(?m)^HEALTHCHECK ")
                    .containsPattern("(?m)^ARG JRE=\\S+:\\d+\\.\\S+$")
                    .contains("ENTRYPOINT [\"/opt/fogline/jvm/start\", ");
        }
        section(yaml(DEPLOY.resolve("compose/compose.yaml")), "services").forEach((name, service) -> {
            var settings = section(service);
            assertThat(settings)
                    .as("" + name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsKey("mem_limit");
            assertThat(section(settings, "ulimits")).as("" + name).containsEntry("core", 0);
            if (settings.get("ports") instanceof List<?> ports) {
                assertThat(ports).as("" + name).allMatch(port -> ("" + port).startsWith("127.0.0.1:"));
            }
        });
    }

    @Test
    void systemd_accepts_the_units_and_calls_them_safe(@TempDir Path folder) throws IOException {
        assumeInstalled("systemd-analyze", "systemd");
        List<Path> units = files("systemd").stream()
                .filter(file -> file.toString().endsWith(".service"))
                .toList();
        assertThat(units).hasSizeGreaterThan(1);
        for (Path unit : units) {
            // Verified where the program stands here, because it must exist.
            Path copy = folder.resolve(unit.getFileName());
            Files.writeString(copy, text(unit).replace("/opt/fogline/jvm/", DEPLOY + "/jvm/"));
        }
        for (Path unit : units) {
            String copy = folder.resolve(unit.getFileName()).toString();
            assertThat(RunningFogline.run(List.of(), "systemd-analyze", "verify", copy))
                    .isBlank();
            RunningFogline.run(List.of(), "systemd-analyze", "security", "--offline=true", "--threshold=20", copy);
        }
    }

    @Test
    void start_takes_the_flags_that_the_jdk_knows_and_the_credentials_of_the_unit(@TempDir Path folder)
            throws IOException {
        Path jdk = folder.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"24.0.1\"\n");
        Path java = Files.writeString(
                jdk.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\necho \"$FOGLINE_OPERATOR_TOKEN\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Path credentials = Files.createDirectory(folder.resolve("credentials"));
        Files.writeString(credentials.resolve("FOGLINE_OPERATOR_TOKEN"), "a token\n");
        Files.writeString(credentials.resolve("not a variable"), "x");

        List<String> environment = List.of("JAVA_HOME=" + jdk, "CREDENTIALS_DIRECTORY=" + credentials);
        String start = DEPLOY.resolve("jvm/start").toString();
        assertThat(RunningFogline.run(environment, start, "-jar", "x.jar").lines())
                .containsExactly(
                        "@D/flags @D/flags-24 @D/flags-23 -jar x.jar".replace("D", DEPLOY + "/jvm"), "a token");

        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.2\"\n");
        assertThat(catchThrowable(() -> RunningFogline.run(environment, start, "-jar", "x.jar")))
                .hasMessageContaining("21 or newer");
    }

    private static void assumeInstalled(String program, String debianPackage) {
        assumeThat(RunningFogline.has(program))
                .as(program + " is not installed here (Debian: apt-get install " + debianPackage + ")")
                .isTrue();
    }

    /** A page on which everything has happened once. */
    @SuppressWarnings("deprecation") // the registry that Quarkus has; its successor comes with Quarkus
    private static String page() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var gateway = new GatewayMetrics(registry);
        gateway.request("edge", "edge/small", "preference", "success");
        gateway.failover("edge/small", "cloud/large", "late");
        Target small = new Target("edge/small", "small", Optional.empty());
        gateway.cost(small, 1);
        gateway.referenceCost(small, 1);
        new AuditMetrics(registry).show(() -> 1, () -> false);
        TargetMetrics target = gateway.target(small, "fogline", () -> 0, 1, () -> 0);
        target.attempt("success");
        target.duration("small", "", 1);
        target.firstToken("small", 1);
        target.usage("small", new Usage(2, 2), Optional.of(Duration.ofMillis(1)));
        return registry.scrape();
    }

    /** What a series of this name carries, and what Prometheus adds to it. */
    private static Set<String> labels(String page, String metric) {
        Set<String> labels = new TreeSet<>(Set.of("instance", "job"));
        found("(?m)^" + metric + "\\{(.*)} ", page)
                .flatMap(line -> found("(\\w+)=\"", line))
                .forEach(labels::add);
        return labels;
    }

    private static Object yaml(Path file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(text(file));
    }

    private static Map<String, Object> section(@Nullable Object yaml, String... path) {
        Object at = yaml;
        for (String key : path) {
            at = section(at).get(key);
        }
        var section = new LinkedHashMap<String, Object>();
        if (at instanceof Map<?, ?> map) {
            map.forEach((key, value) -> section.put("" + key, value));
        }
        return section;
    }

    private static Stream<String> found(String regex, String text) {
        return Pattern.compile(regex).matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String one(String regex, String text) {
        return found(regex, text).findFirst().orElseThrow(() -> new AssertionError(regex + " is not in:\n" + text));
    }

    private static String source(String file) {
        String module = file.startsWith("edge/") ? "edge-agent" : "gateway";
        return text(RunningFogline.ROOT.resolve(module + "/src/main/java/dev/fogline/" + file));
    }

    /** Of deploy, without the secrets that somebody may have made there. */
    private static List<Path> files(String folder) {
        try (Stream<Path> all = Files.walk(DEPLOY.resolve(folder))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !Set.of(".env", "operator-token").contains("" + file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
