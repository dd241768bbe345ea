package dev.fogline.edge;

import static dev.fogline.edge.AgentFixture.WHOLE;
import static dev.fogline.edge.AgentFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.edge.engine.EngineState;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A caller who wants a whole answer gets one, though llama-server is asked for a stream. That the two say the same at the
 * real one is shown by WholeAnswerIT.
 */
class WholeAnswerTest {
    private static final String LOGPROBS = WHOLE.replace("}]}", "}],\"logprobs\":true}");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ScriptedEngine upstream;
    private AgentFixture agent;

    @BeforeEach
    void start() throws Exception {
        upstream = ScriptedEngine.start(vertx);
        agent = new AgentFixture(vertx, upstream.url());
        until(() -> agent.engine.status().state() == EngineState.READY);
    }

    @AfterEach
    void stop() throws Exception {
        agent.stop();
    }

    @Test
    void the_chunks_of_a_stream_make_the_answer_that_the_engine_would_have_given() throws Exception {
        streams(
                chunk("{'role':'assistant','content':null}", "null", ""),
                chunk("{'reasoning_content':'Hm'}", "null", ""),
                chunk("{'reasoning_content':'m.'}", "null", ""),
                chunk("{'content':'The '}", "null", ",'logprobs':{'content':[{'token':'The ','logprob':-0.5}]}"),
                chunk(
                        "{'content':'sea 世'}",
                        "null",
                        ",'logprobs':{'content':[{'token':'sea','logprob':-1.5611933469772339},"
                                + "{'token':' 世','logprob':-1e-7,'bytes':[32,228],'top_logprobs':[]}]}"),
                chunk("{'refusal':'no'}", "null", ""),
                chunk("{}", "'length'", ""),
                ("data: {'choices':[],'created':1795486549,'id':'chatcmpl-1','model':'tiny','system_fingerprint':'b1-x',"
                                + "'object':'chat.completion.chunk','usage':{'completion_tokens':6,'prompt_tokens':44,"
                                + "'total_tokens':50,'prompt_tokens_details':{'cached_tokens':43}},'timings':{'cache_n':43,"
                                + "'predicted_n':6,'predicted_per_second':84.80356912412662}}\n\n")
                        .replace('\'', '"'),
                ScriptedEngine.DONE);

        HttpResponse<String> answer = post(LOGPROBS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(new JsonObject(answer.body())).isEqualTo(json("""
                {'choices':[{'finish_reason':'length','index':0,'message':{'role':'assistant','content':'The sea 世',
                    'reasoning_content':'Hmm.','refusal':'no'},
                  'logprobs':{'content':[{'token':'The ','logprob':-0.5},{'token':'sea','logprob':-1.5611933469772339},
                    {'token':' 世','logprob':-1e-7,'bytes':[32,228],'top_logprobs':[]}]}}],
                 'created':1795486549,'id':'chatcmpl-1','model':'tiny','system_fingerprint':'b1-x',
                 'object':'chat.completion',
                 'usage':{'completion_tokens':6,'prompt_tokens':44,'total_tokens':50,
                    'prompt_tokens_details':{'cached_tokens':43}},
                 'timings':{'cache_n':43,'predicted_n':6,'predicted_per_second':84.80356912412662}}
                """));
        JsonObject asked = upstream.bodies.getFirst();
        assertThat(asked.getBoolean("stream")).isTrue();
        assertThat(asked.getJsonObject("stream_options").getBoolean("include_usage"))
                .isTrue();
        assertThat(agent.speed.tokensPerSecond()).isEqualTo(84.80356912412662);
    }

    @Test
    void parts_of_tool_calls_are_joined_by_their_index() throws Exception {
        streams(
                chunk(
                        "{'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'f','arguments':''}}]}",
                        "null",
                        ""),
                chunk("{'tool_calls':[{'index':0,'function':{'arguments':'{\\\"x\\\":'}}]}", "null", ""),
                chunk(
                        "{'tool_calls':[{'index':1,'id':'b','type':'function','function':{'name':'g','arguments':'{}'}}]}",
                        "null",
                        ""),
                chunk("{'tool_calls':[{'index':0,'function':{'arguments':'1}'}}]}", "null", ""),
                chunk("{}", "'tool_calls'", ""),
                ScriptedEngine.DONE);
        assertThat(choice(post(WHOLE))).isEqualTo(json("""
                {'finish_reason':'tool_calls','index':0,'message':{'role':'assistant','content':null,'tool_calls':[
                  {'id':'a','type':'function','function':{'name':'f','arguments':'{\\"x\\":1}'}},
                  {'id':'b','type':'function','function':{'name':'g','arguments':'{}'}}]}}
                """));
    }

    @Test
    void an_answer_without_a_word_has_empty_content_and_no_probabilities() throws Exception {
        streams(chunk("{}", "'stop'", ""), ScriptedEngine.DONE);
        assertThat(choice(post(LOGPROBS)))
                .isEqualTo(json("{'finish_reason':'stop','index':0,'message':{'role':'assistant','content':''}}"));
    }

    @Test
    void a_finished_stream_without_its_last_word_is_an_answer() throws Exception {
        streams(ScriptedEngine.TOKEN, ScriptedEngine.FINISH);
        assertThat(choice(post(WHOLE)).getJsonObject("message").getString("content"))
                .isEqualTo("sea");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"code\":400,\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":3031,\"n_ctx\":2048}`, 400, context_length_exceeded",
                "`{\"code\":400,\"message\":\"quoted prompt\"}`, 400, invalid_request",
                "`{\"code\":500,\"message\":\"quoted prompt\"}`, 502, upstream_failed",
                "`{\"message\":\"quoted prompt\"}`, 502, upstream_failed",
                "`{\"code\":503,\"message\":\"quoted prompt\"}`, 503, no_target_available",
            })
    void an_error_inside_the_stream_has_the_status_it_would_have_had(String error, int status, String code)
            throws Exception {
        streams(ScriptedEngine.TOKEN, "data: {\"error\":" + error + "}\n\n");
        HttpResponse<String> answer = post(WHOLE);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").doesNotContain("quoted", "sea");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n", "data: <html>\n\n", "data: {\"no\":\"answer\"}\n\n", "data: 1\n\n"})
    void a_stream_that_is_cut_or_holds_no_answer_is_502(String end) throws Exception {
        streams(ScriptedEngine.TOKEN, end);
        HttpResponse<String> answer = post(WHOLE);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("\"code\":\"upstream_failed\"").doesNotContain("sea");
    }

    @Test
    void an_answer_of_more_than_32_mib_is_502_and_the_engine_is_let_go() throws Exception {
        String mebibyte = chunk("{'content':'" + "a".repeat(1 << 20) + "'}", "null", "");
        upstream.answersOnceRead(request -> {
            ScriptedEngine.sse(request, mebibyte, false);
            vertx.setPeriodic(1, more -> {
                if (!request.response().closed() && !request.response().writeQueueFull()) {
                    request.response().write(mebibyte);
                }
            });
        });
        assertThat(post(WHOLE).statusCode()).isEqualTo(502);
        until(() -> upstream.connectionsClosed.get() == 1);
    }

    @Test
    void what_an_engine_leaves_out_of_its_streams_is_asked_for_as_a_whole() throws Exception {
        for (String held : new String[] {"\"stop\":\"x\"", "\"response_format\":{\"type\":\"json_object\"}"}) {
            upstream.answersOnceRead(request -> request.response()
                    .putHeader("Content-Type", "application/json")
                    .end("{\"choices\":[]}"));
            assertThat(post(LOGPROBS.replace("\"logprobs\"", held + ",\"logprobs\""))
                            .body())
                    .isEqualTo("{\"choices\":[]}");
            assertThat(upstream.bodies.getFirst().getBoolean("stream")).isFalse();
        }
    }

    @Test
    void another_engine_is_asked_for_what_the_caller_wants() throws Exception {
        ScriptedEngine other = ScriptedEngine.start(vertx, "vllm");
        AgentFixture beside = new AgentFixture(vertx, other.url());
        other.answersOnceRead(request ->
                request.response().putHeader("Content-Type", "application/json").end("{ \"choices\":[]}"));
        assertThat(post(beside, WHOLE).body()).isEqualTo("{ \"choices\":[]}");
        assertThat(other.bodies.getFirst().getBoolean("stream")).isFalse();
        assertThat(other.bodies.getFirst().containsKey("stream_options")).isFalse();
        beside.engine.close();
    }

    private void streams(String... events) {
        String all = Stream.of(events).collect(Collectors.joining());
        upstream.answersOnceRead(request -> ScriptedEngine.sse(request, ": ping\n\n" + all, true));
    }

    private static String chunk(String delta, String finish, String more) {
        return ("data: {'choices':[{'finish_reason':" + finish + ",'index':0,'delta':" + delta + more
                        + "}],'created':1795486548,'id':'chatcmpl-1','model':'tiny','system_fingerprint':'b1-x',"
                        + "'object':'chat.completion.chunk'}\n\n")
                .replace('\'', '"');
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private static JsonObject choice(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonArray("choices").getJsonObject(0);
    }

    private HttpResponse<String> post(String body) throws Exception {
        return post(agent, body);
    }

    private HttpResponse<String> post(AgentFixture to, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + to.server.actualPort() + "/v1/chat/completions"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
