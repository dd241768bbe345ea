package dev.fogline.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

/** An egress that has stopped is seen, and takes no gateway out of service: the edge serves on. */
class AuditHealthTest {
    private static Map<String, Object> said(boolean kept, Optional<String> stopped) {
        var health = new AuditHealth(new AuditHealth.Audit() {
                    @Override
                    public boolean kept() {
                        return kept;
                    }

                    @Override
                    public Optional<String> stopped() {
                        return stopped;
                    }
                })
                .call();
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        return health.getData().orElseThrow();
    }

    @Test
    void while_it_is_written_it_is_good() {
        assertThat(said(true, Optional.empty())).isEqualTo(Map.of("state", "good"));
    }

    @Test
    void while_nothing_leaves_it_is_degraded_with_the_reason() {
        assertThat(said(true, Optional.of("no space"))).isEqualTo(Map.of("state", "degraded", "failure", "no space"));
    }

    @Test
    void where_the_operator_wants_none_it_says_off() {
        assertThat(said(false, Optional.empty())).isEqualTo(Map.of("state", "off"));
    }
}
