package dev.fogline.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who may call the operators' port. Health stays open: it says up or down, and probes have no token. */
@ApplicationScoped
class OperatorAccess {
    private static final int FIRST = 1000;

    void guard(
            @Observes Filters filters,
            @ConfigProperty(name = "fogline.operator.token") Optional<String> operatorToken) {
        Callers callers = new Callers(operatorToken);
        filters.register(
                route -> {
                    String path = route.normalizedPath();
                    Failure refused = path.equals("/health/live") || path.equals("/health/ready")
                            ? null
                            : callers.refuse(route.request());
                    if (refused == null) {
                        route.next();
                    } else {
                        ErrorBody.send(route.response(), refused);
                    }
                },
                FIRST);
    }
}
