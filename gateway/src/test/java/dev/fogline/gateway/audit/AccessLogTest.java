package dev.fogline.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessLogTest {
    @Test
    void a_line_names_ids_sizes_and_times_with_one_decimal() {
        assertThat(AccessLog.line("id", 200, "success", "preference", "edge/a", 1234.56, 0.04, 17, true))
                .isEqualTo("id status=200 outcome=success reason=preference target=edge/a stream=true bytes=17"
                        + " first_token_ms=0.0 total_ms=1234.6");
    }

    @Test
    void what_is_not_known_is_a_dash() {
        assertThat(AccessLog.line("id", 404, "model_not_found", "", null, 9.96, null, 0, false))
                .isEqualTo("id status=404 outcome=model_not_found reason=- target=- stream=false bytes=0"
                        + " first_token_ms=- total_ms=10.0");
    }
}
