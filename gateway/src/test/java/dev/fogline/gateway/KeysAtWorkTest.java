package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keys of {@code fogline.yaml} do to requests, where no other test shows it. */
class KeysAtWorkTest {
    @TempDir
    Path folder;

    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void what_a_target_is_said_to_refuse_goes_elsewhere() {
        GatewayFixture fogline = cloud("refuses: [tools]");
        String tools = HI.replace("\"auto\"", "\"cloud\",\"tools\":[{\"type\":\"function\"}]");
        assertThat(fogline.chat(HI.replace("auto", "cloud")).statusCode()).isEqualTo(200);
        assertThat(fogline.chat(tools).statusCode()).isEqualTo(400);
        assertThat(fogline.cloud.seen()).hasSize(1);
    }

    @Test
    void what_is_longer_than_the_context_of_a_target_is_not_sent_to_it() {
        GatewayFixture fogline = cloud("context: 500");
        String longer = HI.replace("auto", "cloud").replace("Hi", "many words ".repeat(1000));
        assertThat(fogline.chat(HI.replace("auto", "cloud")).statusCode()).isEqualTo(200);
        assertThat(fogline.chat(longer).body()).contains("context_length_exceeded");
        assertThat(fogline.cloud.seen()).hasSize(1);
    }

    @Test
    void a_stream_that_does_not_begin_within_first_event_is_left() {
        GatewayFixture fogline = cloud("limits: { first-event: 100ms }");
        fogline.cloud.answers((request, body) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .write(": wait\n\n"));
        assertThat(fogline.chat(HI_STREAMED.replace("auto", "cloud")).statusCode())
                .isEqualTo(502);
    }

    @Test
    void a_stream_that_is_silent_for_longer_than_idle_ends_in_an_error_event() {
        GatewayFixture fogline = cloud("limits: { idle: 100ms }");
        fogline.cloud.answers((request, body) -> request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                .write(ScriptedUpstream.chunk("{\"content\":\"Hel\"}", "null")));
        assertThat(fogline.chat(HI_STREAMED.replace("auto", "cloud")).body())
                .contains("Hel", "\"error\"")
                .doesNotContain("[DONE]");
    }

    @Test
    void an_alias_of_the_file_is_what_a_request_may_name() {
        GatewayFixture fogline = start("", Map.of());
        assertThat(fogline.chat(HI.replace("auto", "mine")).headers().firstValue("X-Fogline-Target"))
                .contains("edge/small");
        assertThat(fogline.chat(HI.replace("auto", "yours")).statusCode()).isEqualTo(404);
    }

    @Test
    void the_policy_of_the_variable_decides() throws Exception {
        Path policy = Files.writeString(
                folder.resolve("policy.yaml"),
                "version: 1\nname: p\nrules: [ { id: r, when: 'true', pin: { tier: cloud } } ]\n");
        GatewayFixture fogline = start("", Map.of("FOGLINE_POLICY", policy.toString()));
        assertThat(fogline.chat(HI).headers().firstValue("X-Fogline-Tier")).contains("cloud");
    }

    /** With further lines of the cloud target. */
    private GatewayFixture cloud(String line) {
        return start("    " + line + "\n", Map.of());
    }

    private GatewayFixture start(String settings, Map<String, String> variables) {
        GatewayFixture fixture = new GatewayFixture(settings, variables);
        started = fixture;
        return fixture;
    }
}
