package dev.fogline.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command against a real server that writes each piece of an answer by itself. */
class ChatCommandTest {

    private static final String ANSWER = """
            : the gateway is thinking

            data: {"choices":[{"delta":{"role":"assistant","content":""}}],"usage":null}

            data: {"choices":[{"delta":{"content":"红色，"}}]}

            data: {"choices":[{"delta":{"content":"green 🟢"}}]}

            data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14}}

            data: [DONE]

            """;

    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    private final List<String> tiers = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private HttpServer server;
    private int status = 200;
    private String contentType = "text/event-stream";
    private List<byte[]> pieces = List.of(ANSWER.getBytes(UTF_8));
    private boolean broken;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void the_answer_goes_to_standard_output_and_its_figures_to_standard_error() {
        assertThat(chat("Two", "colours")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("红色，green 🟢" + System.lineSeparator());
        // The clock moves 100 ms at each look: sent at 0, tokens at 100 and 200, told at 300; four tokens in 100 ms.
        assertThat(err.toString(UTF_8).strip())
                .isEqualTo("[edge edge/small, first token 100 ms, total 300 ms, 40.0 tokens/s, decision d-1]");
    }

    @Test
    void the_request_asks_for_a_stream_with_usage_and_lets_the_gateway_choose() {
        chat("Two", "colours");
        assertThat(bodies).singleElement().satisfies(body -> {
            assertThat(body.path("model").asText()).isEqualTo("auto");
            assertThat(body.path("stream").asBoolean()).isTrue();
            assertThat(body.path("stream_options").path("include_usage").asBoolean())
                    .isTrue();
            assertThat(body.path("messages").path(0).path("content").asText()).isEqualTo("Two colours");
        });
        assertThat(tiers).containsExactly("none");
    }

    @Test
    void tier_and_model_are_passed_on() {
        chat("--tier", "cloud", "--model", "cloud/large", "hello");
        assertThat(tiers).containsExactly("cloud");
        assertThat(bodies.getFirst().path("model").asText()).isEqualTo("cloud/large");
    }

    @Test
    void the_prompt_may_come_on_standard_input() {
        assertThat(execute("你好\n", "--url", url())).isZero();
        assertThat(bodies.getFirst().path("messages").path(0).path("content").asText())
                .isEqualTo("你好");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void an_answer_may_be_cut_anywhere_between_two_reads(int size) {
        pieces = cut(ANSWER, size);
        assertThat(chat("hello")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("红色，green 🟢" + System.lineSeparator());
    }

    @Test
    void lines_may_end_in_carriage_returns() {
        pieces = cut(ANSWER.replace("\n", "\r\n"), 5);
        assertThat(chat("hello")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("红色，green 🟢");
    }

    @Test
    void an_error_event_ends_the_answer_with_its_sentence() {
        pieces = List.of("""
                data: {"choices":[{"delta":{"content":"red, "}}]}

                data: {"error":{"message":"The target stalled.","type":"upstream_error","code":"upstream_failed"}}

                """.getBytes(UTF_8));
        assertThat(chat("hello")).isEqualTo(1);
        assertThat(out.toString(UTF_8)).isEqualTo("red, " + System.lineSeparator());
        assertThat(err.toString(UTF_8)).contains("The target stalled. (upstream_failed)");
    }

    @Test
    void an_answer_without_its_end_is_not_taken_for_whole() {
        pieces = List.of("data: {\"choices\":[{\"delta\":{\"content\":\"red\"}}]}\n\n".getBytes(UTF_8));
        assertThat(chat("hello")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("broke off");
    }

    @Test
    void a_connection_that_breaks_is_not_taken_for_an_end() {
        pieces = List.of("data: {\"choices\":[{\"delta\":{\"content\":\"red\"}}]}\n\n".getBytes(UTF_8));
        broken = true;
        assertThat(chat("hello")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("connection broke");
    }

    @Test
    void an_event_without_end_is_refused() {
        pieces = List.of(("data: " + "x".repeat(3 << 20)).getBytes(UTF_8));
        assertThat(chat("hello")).isEqualTo(1);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void a_refusal_is_told_as_a_sentence_with_its_decision() {
        answerWith(422, "{\"error\":{\"message\":\"A private prompt stays here.\",\"code\":\"policy_refused\"}}");
        assertThat(chat("--tier", "cloud", "hello")).isEqualTo(1);
        assertThat(err.toString(UTF_8).strip())
                .isEqualTo("A private prompt stays here. (policy_refused) [decision d-1]");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void a_busy_gateway_says_when_to_try_again() {
        answerWith(503, "{\"error\":{\"message\":\"Nobody is free.\",\"type\":\"unavailable\",\"code\":null}}");
        assertThat(chat("hello")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).startsWith("Nobody is free. (unavailable) Try again in 3 s.");
    }

    @Test
    void what_is_no_gateway_is_called_so() {
        contentType = "text/html";
        pieces = List.of("<html>sign in</html>".getBytes(UTF_8));
        assertThat(chat("hello")).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .contains("no Fogline gateway (status 200)")
                .doesNotContain("<html>");
    }

    @Test
    void without_a_gateway_it_says_how_to_start_one() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(execute("", "--url", "http://127.0.0.1:" + free, "hello")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("./fogline up");
    }

    @Test
    void a_model_cannot_steer_the_terminal() {
        pieces = List.of("data: {\"choices\":[{\"delta\":{\"content\":\"a\\u001b[2Jb\\n\"}}]}\n\ndata: [DONE]\n\n"
                .getBytes(UTF_8));
        chat("hello");
        assertThat(out.toString(UTF_8)).isEqualTo("a[2Jb\n");
    }

    @Test
    void an_answer_at_the_limit_of_tokens_is_said_to_be_cut() {
        pieces = List.of(ANSWER.replace("\"stop\"", "\"length\"").getBytes(UTF_8));
        assertThat(chat("hello")).isZero();
        assertThat(err.toString(UTF_8)).contains("cut at the limit of tokens");
    }

    @Test
    void wrong_use_is_told_apart_from_failure() {
        assertThat(chat("--tier", "fog", "hello")).isEqualTo(2);
        assertThat(execute("", "--url", "not a url", "hello")).isEqualTo(2);
        assertThat(execute(" \n", "--url", url())).isEqualTo(2);
        assertThat(chat("--unknown", "hello")).isEqualTo(2);
        assertThat(bodies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v1", "/v1/"})
    void the_address_may_end_as_the_openai_clients_want_it(String end) {
        assertThat(execute("", "--url", url() + end, "hello")).isZero();
    }

    private int chat(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--url", url()));
        all.addAll(List.of(arguments));
        return execute("", all.toArray(String[]::new));
    }

    private int execute(String in, String... arguments) {
        ChatCommand command = new ChatCommand(
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, true, UTF_8),
                () -> clock.getAndAdd(100_000_000));
        return new CommandLine(command)
                .setErr(new PrintWriter(err, true, UTF_8))
                .execute(arguments);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answerWith(int newStatus, String body) {
        status = newStatus;
        contentType = "application/json";
        pieces = List.of(body.getBytes(UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        bodies.add(json.readTree(exchange.getRequestBody().readAllBytes()));
        String tier = exchange.getRequestHeaders().getFirst("X-Fogline-Tier");
        tiers.add(tier == null ? "none" : tier);
        exchange.getResponseHeaders().add("Content-Type", contentType);
        exchange.getResponseHeaders().add("X-Fogline-Tier", "edge");
        exchange.getResponseHeaders().add("X-Fogline-Target", "edge/small");
        exchange.getResponseHeaders().add("X-Fogline-Decision", "d-1");
        if (status == 503) {
            exchange.getResponseHeaders().add("Retry-After", "3");
        }
        // A length that is never reached makes the server's close a broken connection; 0 means chunked.
        exchange.sendResponseHeaders(status, broken ? 1_000_000 : 0);
        OutputStream body = exchange.getResponseBody();
        for (byte[] piece : pieces) {
            body.write(piece);
            body.flush();
        }
        exchange.close();
    }

    private static List<byte[]> cut(String text, int size) {
        byte[] bytes = text.getBytes(UTF_8);
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += size) {
            pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
        return pieces;
    }
}
