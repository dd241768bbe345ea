package dev.fogline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reference says of the agent is what the agent does. */
class SettingsTest {
    private static final Path PAGE = Path.of("../CONFIGURATION.md");

    /** Another value than the default of each setting. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("FOGLINE_AGENT_HOST", "127.0.0.1"),
            Map.entry("FOGLINE_AGENT_PORT", "18081"),
            Map.entry("FOGLINE_AGENT_OPERATOR_HOST", "localhost"),
            Map.entry("FOGLINE_AGENT_OPERATOR_PORT", "19001"),
            Map.entry("FOGLINE_AGENT_TOKEN", "t-1"),
            Map.entry("FOGLINE_AGENT_ENGINE", "http://127.0.0.1:11434"),
            Map.entry("FOGLINE_AGENT_MODEL", "qwen3-0.6b"),
            Map.entry("FOGLINE_AGENT_SLOTS", "3"),
            Map.entry("FOGLINE_AGENT_CONTEXT", "4096"),
            Map.entry("FOGLINE_AGENT_QUEUE", "0"),
            Map.entry("FOGLINE_AGENT_MAX_TOKENS", "77"),
            Map.entry("FOGLINE_AGENT_THREADS", "1"),
            Map.entry("FOGLINE_AGENT_CACHE_RAM_MIB", "0"),
            Map.entry("FOGLINE_AGENT_STALL", "5s"));

    @Test
    void the_page_is_what_would_be_generated() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(page.substring(page.indexOf(ReferenceCommand.TITLE)))
                .as("after a change of settings: ./fogline config reference > CONFIGURATION.md")
                .isEqualTo(ReferenceCommand.page());
    }

    @Test
    void exactly_the_variables_of_the_page_are_known() throws Exception {
        Set<String> told = Pattern.compile("`(FOGLINE_[A-Z_]*[A-Z])`")
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Settings.known()).isEqualTo(told);
    }

    @Test
    void every_setting_works_at_its_default_and_at_another_value() {
        Map<String, String> defaults = values(Map.of());
        assertThat(OTHERS.keySet())
                .isEqualTo(Arrays.stream(EdgeConfig.class.getMethods())
                        .map(SettingsTest::variable)
                        .collect(Collectors.toSet()));
        for (Method method : EdgeConfig.class.getMethods()) {
            String variable = variable(method);
            WithDefault usual = method.getAnnotation(WithDefault.class);
            if (usual != null) {
                assertThat(values(Map.of(variable, usual.value()))).as(variable).isEqualTo(defaults);
            }
            String other = String.valueOf(OTHERS.get(variable));
            var expected = new HashMap<>(defaults);
            var actual = values(Map.of(variable, other));
            assertThat(actual.get(variable)).as(variable).contains(other.toUpperCase(Locale.ROOT));
            expected.put(variable, actual.get(variable));
            assertThat(actual).as(variable).isEqualTo(expected).isNotEqualTo(defaults);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FOGLINE_AGENT_SLOTZ | 2 | FOGLINE_AGENT_SLOTS",
                "FOGLINE_CAHCE | x | FOGLINE_CACHE",
                "FOGLINE_GATEWAY_PROT | 1 | FOGLINE_GATEWAY_PORT",
                "FOGLINE_AGENT_SLOTS | 0 | a whole number from 1, not 0",
                "FOGLINE_AGENT_PORT | 65536 | from 0 to 65535",
                "FOGLINE_AGENT_CONTEXT | 8 | from 16",
            })
    void nonsense_stops_the_start_with_its_name(String variable, String value, String says) {
        Map<String, String> environment = Map.of(variable, value);
        assertThatThrownBy(() -> Settings.check(config(environment), environment))
                .hasMessageContaining(variable)
                .hasMessageContaining(says);
    }

    @Test
    void what_the_gateway_knows_does_not_stop_the_agent() {
        Map<String, String> environment = Map.of("FOGLINE_GATEWAY_PORT", "1", "FOGLINE_POLICY", "x", "HOME", "/");
        Settings.check(config(environment), environment);
    }

    private static Map<String, String> values(Map<String, String> environment) {
        EdgeConfig config = config(environment);
        return Arrays.stream(EdgeConfig.class.getMethods())
                .sorted(Comparator.comparing(Method::getName))
                .collect(Collectors.toMap(SettingsTest::variable, method -> {
                    try {
                        return String.valueOf(method.invoke(config)).toUpperCase(Locale.ROOT);
                    } catch (ReflectiveOperationException e) {
                        throw new LinkageError(variable(method), e);
                    }
                }));
    }

    private static EdgeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                // As in the application: the plain library knows PT5S only.
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(EdgeConfig.class)
                .build()
                .getConfigMapping(EdgeConfig.class);
    }

    private static String variable(Method method) {
        return "FOGLINE_AGENT_" + method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
