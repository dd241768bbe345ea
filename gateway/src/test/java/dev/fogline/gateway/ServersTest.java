package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static dev.fogline.gateway.GatewayFixture.HI_STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The users' servers: event loops and connections. */
class ServersTest {
    private final GatewayFixture fogline = new GatewayFixture();

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void every_event_loop_takes_users_and_has_its_own_connections_to_a_target() {
        Set<Integer> connections = ConcurrentHashMap.newKeySet();
        fogline.edge.answers((request, body) -> {
            connections.add(request.remoteAddress().port());
            ScriptedUpstream.hello(request, body);
        });
        for (int i = 0; i < 6; i++) {
            try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
                caller.post(HI).await("Hello");
            }
        }
        assertThat(connections)
                .as("one kept connection of each of the two event loops")
                .hasSize(2);
    }

    @Test
    void a_connection_is_kept_and_pipelined_requests_are_answered_in_order() {
        fogline.edge.answers(
                (request, body) -> fogline.vertx.setTimer(100, later -> ScriptedUpstream.hello(request, body)));
        try (var caller = new RawCaller(fogline.vertx, fogline.port)) {
            caller.send(RawCaller.head(HI_STREAMED.length()) + HI_STREAMED
                            + "GET /v1/models/auto HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .await("\"id\":\"auto\"");
            assertThat(caller.got().indexOf("[DONE]"))
                    .isPositive()
                    .isLessThan(caller.got().indexOf("\"id\":\"auto\""));
            caller.post(HI).await("\"Hello\"");
            assertThat(caller.closed()).isFalse();
        }
    }
}
