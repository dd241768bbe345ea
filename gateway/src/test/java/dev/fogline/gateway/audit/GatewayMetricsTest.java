package dev.fogline.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever reads the metrics while the policy changes finds its series: an alert on one that is absent must not fire. */
class GatewayMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final GatewayMetrics metrics = new GatewayMetrics(registry);
    private final List<String> absent = new ArrayList<>();

    @BeforeEach
    void watch() {
        registry.config().onMeterRemoved(removed -> {
            String name = removed.getId().getName();
            if (registry.find(name).meter() == null) {
                absent.add(name);
            }
        });
    }

    @Test
    void a_revision_is_shown_at_every_moment_and_one_in_the_end() {
        metrics.policy("one");
        metrics.policy("two");
        metrics.policy("two");

        assertThat(absent).isEmpty();
        assertThat(registry.find("fogline.policy.info").meters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag("revision"))
                .containsExactly("two");
    }

    @Test
    void a_budget_is_shown_at_every_moment_with_the_latest_limit_until_there_is_none() {
        metrics.budget("day", 2, () -> 1, () -> 0);
        metrics.budget("day", 4, () -> 1, () -> 1);

        assertThat(absent).isEmpty();
        assertThat(gauge("fogline.budget.limit.usd")).isEqualTo(4);
        assertThat(gauge("fogline.budget.spent.usd")).isEqualTo(1);
        assertThat(gauge("fogline.budget.pressure")).isEqualTo(.5);

        metrics.noBudget("day");

        assertThat(registry.find("fogline.budget.limit.usd").meter()).isNull();
        metrics.budget("day", 0, () -> 1, () -> 0);
        assertThat(gauge("fogline.budget.pressure")).isEqualTo(1);
    }

    private double gauge(String name) {
        return registry.get(name).tag("budget", "day").gauge().value();
    }
}
