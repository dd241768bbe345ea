package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.upstream.UpstreamAddress;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wire on both sides: protocols, kept connections, and addresses that are no edge. */
class GoingOutTest {
    private final GatewayFixture fogline = new GatewayFixture();

    @AfterEach
    void stop() {
        fogline.close();
    }

    @Test
    void http_2_works_by_upgrade_and_by_prior_knowledge_with_a_large_body() throws Exception {
        String large = HI.replace("auto", "cloud").replace("Hi", "many words ".repeat(100_000));
        HttpClient upgrading =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpResponse<String> answer = upgrading.send(
                fogline.request("/v1/chat/completions")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(large))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);

        var knowing = fogline.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        var response = Blocking.get(knowing.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("localhost")
                        .setPort(fogline.port)
                        .setURI("/v1/chat/completions")
                        .putHeader("Content-Type", "application/json"))
                .compose(request -> request.send(Buffer.buffer(large))));
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(fogline.cloud.seen()).hasSize(2).allMatch(seen -> seen.body().length() > 1_000_000);
    }

    @Test
    void a_kept_connection_that_its_upstream_has_closed_costs_nothing() {
        AtomicBoolean cut = new AtomicBoolean();
        fogline.edge.answers((request, body) -> {
            if (cut.getAndSet(false)) {
                request.connection().close();
            } else {
                ScriptedUpstream.hello(request, body);
            }
        });
        for (int i = 0; i < 4; i++) {
            assertThat(fogline.chat(HI).statusCode()).isEqualTo(200);
        }
        cut.set(true);
        HttpResponse<String> answer = fogline.chat(HI);
        assertThat(answer.headers().firstValue("X-Fogline-Tier")).contains("edge");
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void an_edge_beyond_the_operators_network_is_never_sent_anything() throws Exception {
        for (String local : List.of(
                "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "::1", "fd00::1", "fe80::1")) {
            assertThat(UpstreamAddress.isLocal(InetAddress.getByName(local)))
                    .as(local)
                    .isTrue();
        }
        for (String far : List.of("8.8.8.8", "172.32.0.1", "100.64.0.1", "193.168.1.1", "2001:db8::1", "0.0.0.0")) {
            assertThat(UpstreamAddress.isLocal(InetAddress.getByName(far)))
                    .as(far)
                    .isFalse();
        }
    }
}
