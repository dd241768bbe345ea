package dev.fogline.edge;

import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Keeps {@code /metrics} such that {@code promtool check metrics} has nothing to say. */
@ApplicationScoped
class MetricsPage {
    private static final int BEFORE_ROUTES = 100;

    /** Two of the JVM's own meters, and those of SmallRye's guards, have names or labels that Prometheus' rules forbid. */
    @Produces
    @Singleton
    MeterFilter withoutMisnamed() {
        return MeterFilter.deny(id -> id.getName().equals("process.cpu.time")
                || id.getName().equals("system.cpu.count")
                || id.getName().startsWith("ft."));
    }

    /** Whoever does not ask for OpenMetrics (curl, promtool) gets the older text format, which every tool reads. */
    void preferText(@Observes Filters filters) {
        filters.register(
                route -> {
                    String accept = route.request().getHeader("Accept");
                    if (accept == null || accept.equals("*/*")) {
                        route.request().headers().set("Accept", "text/plain");
                    }
                    route.next();
                },
                BEFORE_ROUTES);
    }
}
