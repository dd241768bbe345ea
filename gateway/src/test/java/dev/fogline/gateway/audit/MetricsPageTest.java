package dev.fogline.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.audit.egress.AuditMetrics;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Target;
import dev.fogline.policies.Usage;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code METRICS.md} and the code say the same. */
class MetricsPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| ([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("\"((?:fogline|gen_ai)\\.[a-z._]+)\"");

    /** @param type as Prometheus calls it */
    private record Metric(String type, Set<String> labels) {}

    @Test
    void every_metric_of_the_gateway_stands_there_with_its_type_and_labels() {
        assertThat(page("## The gateway", "## The edge-agent")).isEqualTo(exported());
    }

    @Test
    void every_metric_that_the_gateway_names_is_exported() {
        assertThat(withoutUnits(exported().keySet()))
                .isEqualTo(named("gateway/src/main/java/dev/fogline/gateway/audit", "Metrics.java"));
    }

    @Test
    void every_metric_of_the_edge_agent_stands_there() {
        assertThat(withoutUnits(page("## The edge-agent", "\\z").keySet()))
                .isEqualTo(named("edge-agent/src/main/java/dev/fogline/edge", "EdgeMetrics.java"));
    }

    private static Map<String, Metric> page(String from, String to) {
        String section = text(ROOT.resolve("METRICS.md")).split(from, 2)[1].split(to, 2)[0];
        var rows = new TreeMap<String, Metric>();
        ROW.matcher(section)
                .results()
                .forEach(row -> rows.put(
                        row.group(1),
                        new Metric(
                                row.group(2),
                                Set.copyOf(found("`(\\w+)`", row.group(3)).toList()))));
        return rows;
    }

    /** Each metric once, whatever has to happen for it. */
    private static Map<String, Metric> exported() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var gateway = new GatewayMetrics(registry);
        var small = new Target("edge/small", "small", Optional.empty());
        gateway.read(1);
        gateway.overhead(1);
        gateway.cost(small, 1);
        gateway.referenceCost(small, 1);
        gateway.priceUnknown(small);
        gateway.budget("day", 1, () -> 0, () -> 0);
        gateway.policy("abc");
        gateway.request("edge", "edge/small", "preference", "success");
        gateway.failover("edge/small", "cloud/large", "late");
        gateway.egressAllowed(Sensitivity.PUBLIC);
        gateway.maskingFailed(small);
        gateway.ruleFailed("rule");
        TargetMetrics target = gateway.target(small, "fogline", () -> 0, 1, () -> 0);
        target.duration("small", "", 1);
        target.firstToken("small", 1);
        target.usage("small", new Usage(2, 2), Optional.of(Duration.ofMillis(1)));
        new AuditMetrics(registry).show(() -> 1, () -> false);
        String page = registry.scrape();
        var metrics = new TreeMap<String, Metric>();
        Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)").matcher(page).results().forEach(line -> {
            String name = line.group(1);
            Set<String> labels = found("(?m)^" + name + "(?:_bucket|_count)?\\{(.*)} ", page)
                    .flatMap(series -> found("(\\w+)=\"", series))
                    .filter(label -> !label.equals("le"))
                    .collect(Collectors.toSet());
            // The highest value of late, which Micrometer adds to its histograms.
            if (!name.endsWith("_max")) {
                metrics.put(name, new Metric(line.group(2), labels));
            }
        });
        return metrics;
    }

    private static Set<String> withoutUnits(Set<String> names) {
        Set<String> without = new TreeSet<>();
        names.forEach(name -> without.add(withoutUnit(name)));
        return without;
    }

    private static Set<String> named(String folder, String suffix) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            Set<String> named = new TreeSet<>();
            files.filter(file -> file.toString().endsWith(suffix))
                    .flatMap(file -> NAME.matcher(text(file)).results())
                    .forEach(name -> named.add(withoutUnit(name.group(1).replace('.', '_'))));
            return named;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutUnit(String name) {
        return name.replaceFirst("_total$", "").replaceFirst("_seconds$", "");
    }

    private static Stream<String> found(String regex, String text) {
        return Pattern.compile(regex).matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
