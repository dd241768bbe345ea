package dev.fogline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallersTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void without_a_token_only_programs_of_this_machine_may_call() throws Exception {
        int port = serve(Optional.empty());
        assertThat(status(port, "Host", "localhost:" + port)).isEqualTo(200);
        assertThat(status(port, "Host", "evil.example.org")).isEqualTo(421);
        assertThat(status(port, "Origin", "https://evil.example.org")).isEqualTo(403);
        assertThat(status(port, "Origin", "http://localhost:3000")).isEqualTo(403);
        assertThat(status(port, "Origin", "null")).isEqualTo(403);
    }

    @Test
    void with_a_token_whoever_sends_it_may_call_by_any_name() throws Exception {
        int port = serve(Optional.of("t-1"));
        assertThat(status(port, "Authorization", "Bearer t-1")).isEqualTo(200);
        for (String wrong : List.of("Bearer t-2", "Bearer ", "t-1", "Basic t-1")) {
            assertThat(status(port, "Authorization", wrong)).as(wrong).isEqualTo(401);
        }
        assertThat(status(port, "Host", "localhost")).isEqualTo(401);
    }

    @Test
    void nothing_listens_beyond_this_machine_without_a_token() {
        Assembly.refuseOpen("FOGLINE_AGENT_HOST", "127.0.0.1", "FOGLINE_AGENT_TOKEN", Optional.empty());
        Assembly.refuseOpen("FOGLINE_AGENT_HOST", "0.0.0.0", "FOGLINE_AGENT_TOKEN", Optional.of("t-1"));
        for (Optional<String> none : List.of(Optional.<String>empty(), Optional.of(" "))) {
            assertThatThrownBy(() -> Assembly.refuseOpen("FOGLINE_AGENT_HOST", "0.0.0.0", "FOGLINE_AGENT_TOKEN", none))
                    .hasMessageContaining("FOGLINE_AGENT_HOST")
                    .hasMessageContaining("FOGLINE_AGENT_TOKEN");
        }
    }

    private int serve(Optional<String> token) throws Exception {
        Callers callers = new Callers(token);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    Failure refused = callers.refuse(request);
                    if (refused == null) {
                        request.response().end();
                    } else {
                        ErrorBody.send(request.response(), refused);
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return server.actualPort();
    }

    private int status(int port, String header, String value) throws Exception {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/");
        return vertx.createHttpClient()
                .request(options.putHeader(header, value))
                .compose(request -> request.send())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .statusCode();
    }
}
