package dev.fogline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.edge.engine.AttachedEngine;
import dev.fogline.edge.engine.EngineClient;
import dev.fogline.edge.engine.EngineState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agent's port as its callers see it: its real servers, with an engine that does as it is told. */
class UserPortTest {
    private static final String WHOLE = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = WHOLE.replace("}]}", "}],\"stream\":true}");
    private static final int MIB = 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final ServiceLimits limits = new ServiceLimits(OptionalInt.empty(), 2048, 1024);
    private ScriptedEngine upstream;
    private AttachedEngine engine;
    private int port;

    @BeforeEach
    void start() throws Exception {
        upstream = ScriptedEngine.start(vertx);
        engine = new AttachedEngine(vertx, upstream.url(), null, Duration.ofSeconds(10), status -> {});
        engine.start();
        until(() -> engine.status().state() == EngineState.READY);
        upstream.answersOnceRead(this::answer);
        Admission admission = new Admission(2, 2, System::nanoTime);
        Speed speed = new Speed();
        InferenceHandler inference = new InferenceHandler(
                vertx,
                engine,
                new EngineClient(vertx, 8, Duration.ofSeconds(30)),
                admission,
                limits,
                speed,
                new EdgeMetrics(new SimpleMeterRegistry(), "tiny"));
        Routes routes =
                new Routes(inference, new StatusPage(engine, admission, limits, speed), new Callers(Optional.empty()));
        port = FreePort.next();
        get(new UserPlane(vertx, "localhost", port, routes::handle).listen());
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        get(vertx.close());
    }

    @Test
    void the_agent_is_at_localhost_8081_and_its_operators_at_127_0_0_1_9001() throws IOException {
        EdgeConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(EdgeConfig.class)
                .build()
                .getConfigMapping(EdgeConfig.class);
        assertThat(config.host()).isEqualTo("localhost");
        assertThat(config.port()).isEqualTo(8081);
        assertThat(config.operatorHost()).isEqualTo("127.0.0.1");
        assertThat(config.operatorPort()).isEqualTo(9001);
        try (InputStream file = EdgeConfig.class.getResourceAsStream("/application.properties")) {
            Properties quarkus = new Properties();
            quarkus.load(file);
            assertThat(quarkus)
                    .containsEntry("quarkus.http.host", "${fogline.agent.operator-host:127.0.0.1}")
                    .containsEntry("quarkus.http.port", "${fogline.agent.operator-port:9001}");
        }
    }

    @Test
    void localhost_works_over_ipv4_and_ipv6() throws Exception {
        InetAddress[] addresses = InetAddress.getAllByName("localhost");
        assertThat(addresses).isNotEmpty();
        for (InetAddress address : addresses) {
            try (Caller caller = new Caller(address)) {
                caller.send("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n").await("\"state\":\"ready\"");
            }
        }
    }

    @Test
    void a_connection_is_kept_and_pipelined_requests_are_answered_in_order() throws Exception {
        upstream.answersOnceRead(request -> vertx.setTimer(100, later -> answer(request)));
        try (Caller caller = new Caller()) {
            caller.send(head(WHOLE.length(), "") + WHOLE + "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .await("\"id\":\"tiny\"");
            assertThat(caller.got().indexOf("sea"))
                    .isPositive()
                    .isLessThan(caller.got().indexOf("\"id\":\"tiny\""));
            caller.send("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n").await("\"state\":\"ready\"");
        }
    }

    @Test
    void http_2_works_by_upgrade_and_by_prior_knowledge_with_a_large_body() throws Exception {
        String large = "{" + " ".repeat(MIB) + WHOLE.substring(1);
        HttpClient upgrading =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpResponse<String> answer =
                upgrading.send(request().POST(BodyPublishers.ofString(large)).build(), BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).contains("\"content\":\"sea\"");

        var knowing = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        var response = get(knowing.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("localhost")
                        .setPort(port)
                        .setURI("/v1/chat/completions")
                        .putHeader("Content-Type", "application/json"))
                .compose(request -> request.send(Buffer.buffer(large))));
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void only_json_in_utf_8_is_taken() throws Exception {
        for (String type : List.of("text/plain", "application/json; charset=latin1", "application/jsonx")) {
            assertThat(post(WHOLE, "Content-Type", type).statusCode()).as(type).isEqualTo(415);
        }
        assertThat(post(WHOLE, "Content-Type", "application/json", "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(415);
        assertThat(post(WHOLE, "Content-Type", "Application/JSON; charset=\"UTF-8\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(upstream.asked).hasValue(1);
    }

    @Test
    void what_follows_a_413_is_read_for_one_mebibyte_and_no_longer_than_two_seconds() throws Exception {
        try (Caller talkative = new Caller();
                Caller silent = new Caller()) {
            String tooLong = head(20L * MIB, "");
            silent.send(tooLong).await("HTTP/1.1 413");
            talkative.send(tooLong).await("\r\n\r\n");
            assertThat(talkative.got()).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
            for (int i = 0; i < 15; i++) {
                talkative.send("x".repeat(64 * 1024));
            }
            talkative.send("x".repeat(128 * 1024)).awaitEnd();
            silent.awaitEnd();
        }
    }

    @Test
    void all_bodies_in_flight_are_bounded_by_what_they_announce() throws Exception {
        var callers = new ArrayList<Caller>();
        for (int i = 0; i < 4; i++) {
            callers.add(new Caller().send(head(16L * MIB, "")));
        }
        // When the agent has read a head cannot be seen from outside, and one that it reads while our question is there
        // finds no room: another one takes its place.
        for (int more = 0; status(WHOLE) != 503; more++) {
            assertThat(more).as("heads that were read").isLessThan(200);
            callers.add(new Caller().send(head(16L * MIB, "")));
        }
        HttpResponse<String> shed = post(WHOLE, "Content-Type", "application/json");
        assertThat(shed.statusCode()).isEqualTo(503);
        assertThat(shed.headers().firstValue("Retry-After")).isPresent();
        for (Caller caller : callers) {
            caller.close();
        }
        until(() -> status(WHOLE) == 200);
    }

    @Test
    void a_stream_says_that_nobody_may_cache_or_buffer_it() throws Exception {
        HttpResponse<String> answer = post(STREAM, "Content-Type", "application/json");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(answer.headers().firstValue("X-Accel-Buffering")).contains("no");
    }

    @Test
    void every_call_to_the_engine_has_a_connection_of_its_own_and_no_proxy() throws Exception {
        Set<Integer> connections = ConcurrentHashMap.newKeySet();
        upstream.answersOnceRead(request -> {
            connections.add(request.remoteAddress().port());
            answer(request);
        });
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("http.nonProxyHosts", "");
        try {
            assertThat(status(WHOLE)).isEqualTo(200);
            assertThat(status(WHOLE)).isEqualTo(200);
        } finally {
            List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts").forEach(System::clearProperty);
        }
        assertThat(connections).hasSize(2);
        until(() -> upstream.connectionsClosed.get() == 2);
    }

    @Test
    void what_waiting_cannot_cure_says_so_and_nothing_else_does() throws Exception {
        isFinal(post("{", "Content-Type", "application/json"), 400);
        isFinal(post(WHOLE, "Content-Type", "text/plain"), 415);
        isFinal(post(WHOLE, "Content-Type", "application/json", "Origin", "https://example.org"), 403);
        isFinal(send(request().GET().build()), 405);
        isFinal(
                send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/nothing"))
                        .build()),
                404);

        upstream.answersOnceRead(
                request -> request.response().setStatusCode(500).end());
        HttpResponse<String> failed = post(WHOLE, "Content-Type", "application/json");
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(failed.headers().firstValue("x-should-retry")).isEmpty();
        assertThat(new Failure.QueueFull(1).hopeless()).isFalse();
        assertThat(new Failure.NotReady("starting", 1).hopeless()).isFalse();
        assertThat(new Failure.Http(408, "c", "m").hopeless()).isFalse();
        assertThat(new Failure.TooLong(1, 1).hopeless()).isTrue();
    }

    private static void isFinal(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
    }

    @Test
    void an_agent_that_is_asked_to_end_takes_nothing_new_and_lets_its_streams_finish() throws Exception {
        var running = new CompletableFuture<HttpServerRequest>();
        upstream.answersOnceRead(request -> {
            ScriptedEngine.sse(request, ScriptedEngine.TOKEN, false);
            running.complete(request);
        });
        try (Caller caller = new Caller()) {
            caller.send(head(STREAM.length(), "") + STREAM).await("sea");
            limits.drain();
            HttpResponse<String> late = post(WHOLE, "Content-Type", "application/json");
            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.headers().firstValue("Retry-After")).isPresent();
            try (Caller gateway = new Caller()) {
                gateway.send("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n").await("\"state\":\"restarting\"");
            }
            running.get(5, TimeUnit.SECONDS).response().end(ScriptedEngine.FINISH + ScriptedEngine.DONE);
            caller.await("[DONE]");
        }
    }

    /** As the request that came last asks for it. */
    private void answer(HttpServerRequest request) {
        ScriptedEngine.sse(request, ScriptedEngine.TOKEN + ScriptedEngine.FINISH + ScriptedEngine.DONE, true);
    }

    private static String head(long length, String headers) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + length + "\r\n\r\n";
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/chat/completions"))
                .setHeader("Content-Type", "application/json");
    }

    private int status(String body) {
        try {
            return post(body, "Content-Type", "application/json").statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        HttpRequest.Builder request = request().POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /** By a client without a proxy, whatever the JVM's properties say. */
    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()
                .send(request, BodyHandlers.ofString());
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.sleep(5);
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A client on a bare socket. */
    private final class Caller implements AutoCloseable {
        private final Socket socket;
        private final StringBuilder got = new StringBuilder();

        Caller() throws IOException {
            this(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        }

        Caller(InetAddress address) throws IOException {
            socket = new Socket(address, port);
            socket.setSoTimeout(10_000);
        }

        Caller send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Caller await(String text) throws IOException {
            while (got.indexOf(text) < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("it ended after %s", got).isNotNegative();
                got.append((char) next);
            }
            return this;
        }

        /** The other end closed, also by a reset. */
        void awaitEnd() {
            try {
                assertThat(socket.getInputStream().readAllBytes()).isNotNull();
            } catch (java.net.SocketTimeoutException stillOpen) {
                throw new AssertionError("the connection is still open", stillOpen);
            } catch (IOException reset) {
                assertThat(reset).isNotNull();
            }
        }

        String got() {
            return got.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
