package dev.fogline.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The whole product with the real small model on both tiers. It fails, and does not skip, where engine or model cannot be
 * had.
 */
@TestMethodOrder(OrderAnnotation.class)
class MainJobIT {
    private static final String CN_ID = "11010519491231002X";
    private static RunningFogline fogline;

    @BeforeAll
    static void up() {
        fogline = new RunningFogline();
    }

    @AfterAll
    static void down() {
        if (fogline != null) {
            fogline.close();
        }
    }

    @Test
    void a_streamed_answer_comes_from_the_real_model_through_both_applications() {
        Response answer = chat(
                "{'model':'auto','stream':true,'max_tokens':16,'messages':[{'role':'user','content':'Say hello.'}]}");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("X-Fogline-Tier")).isEqualTo("edge");
        assertThat(answer.contentType()).startsWith("text/event-stream");
        assertThat(answer.asString())
                .contains("\"content\":")
                .endsWith("data: [DONE]\n\n")
                .doesNotContain("\"usage\":{");
    }

    @Test
    void a_whole_answer_comes_from_the_edge() {
        Response answer = ask("auto", "Say hello.");
        assertThat(answer.header("X-Fogline-Tier")).isEqualTo("edge");
        assertThat(answer.jsonPath().getString("choices[0].message.content")).isNotBlank();
        assertThat(answer.jsonPath().getInt("usage.completion_tokens")).isPositive();
    }

    @Test
    void a_private_prompt_stays_at_the_edge_and_is_refused_at_the_cloud() {
        Response kept = ask("auto", "My ID is " + CN_ID + ", say hello.");
        assertThat(kept.header("X-Fogline-Tier")).isEqualTo("edge");
        assertThat(kept.header("X-Fogline-Reason")).isEqualTo("privacy");
        Response refused = request()
                .header("X-Fogline-Tier", "cloud")
                .body(body("auto", "My ID is " + CN_ID))
                .post("/v1/chat/completions");
        assertThat(refused.statusCode()).isEqualTo(422);
    }

    @Test
    void a_long_prompt_and_one_with_tools_go_to_the_cloud() {
        Response tools = chat(
                "{'model':'auto','max_tokens':8,'messages':[{'role':'user','content':'Weather?'}],"
                        + "'tools':[{'type':'function','function':{'name':'w','parameters':{'type':'object','properties':{}}}}]}");
        assertThat(tools.statusCode()).as(tools.asString()).isEqualTo(200);
        assertThat(tools.header("X-Fogline-Target")).isEqualTo("cloud/stand-in");
        assertThat(tools.header("X-Fogline-Reason")).isEqualTo("capability");

        Response wordy = ask("auto", "one two three four ".repeat(500));
        assertThat(wordy.header("X-Fogline-Tier")).isEqualTo("cloud");
        assertThat(wordy.header("X-Fogline-Reason")).isEqualTo("context");
    }

    @Test
    void the_official_java_client_works_unchanged() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(fogline.baseUrl())
                .apiKey("unused")
                .build();
        var params = ChatCompletionCreateParams.builder()
                .model("gpt-5.4-mini")
                .maxCompletionTokens(12)
                .addUserMessage("Say hello.")
                .build();
        assertThat(client.chat()
                        .completions()
                        .create(params)
                        .choices()
                        .getFirst()
                        .message()
                        .content())
                .hasValueSatisfying(text -> assertThat(text).isNotBlank());
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            String text = String.join(
                    "",
                    stream.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .map(choice -> choice.delta().content().orElse(""))
                            .toList());
            assertThat(text).isNotBlank();
        }
        assertThat(client.models().list().items()).anyMatch(model -> model.id().equals("edge/smollm2-135m"));
        Assertions.assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(params.toBuilder()
                                .model("cloud")
                                .addUserMessage(CN_ID)
                                .build()))
                .isInstanceOf(UnprocessableEntityException.class);
    }

    @Test
    void the_official_python_client_works_unchanged() {
        Path libraries = Path.of("target/product/python").toAbsolutePath();
        String python = System.getenv().getOrDefault("FOGLINE_PYTHON", "python3");
        if (!Files.isDirectory(libraries.resolve("openai"))) {
            RunningFogline.run(
                    List.of(),
                    python,
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--require-hashes",
                    "--only-binary",
                    ":all:",
                    "--target",
                    libraries.toString(),
                    "-r",
                    "gateway/src/test/python/requirements.txt");
        }
        String said = RunningFogline.run(
                List.of("PYTHONPATH=" + libraries),
                python,
                "gateway/src/test/python/official_client.py",
                fogline.baseUrl());
        JsonObject result = new JsonObject(
                said.lines().filter(line -> line.startsWith("{")).findFirst().orElse("{}"));
        assertThat(result.getString("whole")).as(said).isNotBlank();
        assertThat(result.getString("streamed")).isNotBlank();
        assertThat(result.getInteger("streamed_tokens")).isPositive();
        assertThat(result.getString("tier")).isEqualTo("edge");
        assertThat(result.getString("refused")).isEqualTo("policy_refused");
        assertThat(result.getString("bad")).isEqualTo("invalid_request");
        assertThat(result.getJsonArray("models").contains("cloud/stand-in")).isTrue();
    }

    @Test
    void the_chat_command_streams_an_answer_and_says_who_gave_it() {
        String said = RunningFogline.run(
                List.of("FOGLINE_GATEWAY_PORT=" + fogline.port),
                "./fogline",
                "chat",
                "--url",
                fogline.baseUrl(),
                "Say hello.");
        assertThat(said)
                .contains("edge/smollm2-135m")
                .containsPattern("\\d+ ms")
                .containsPattern("tokens/s");
    }

    @Test
    void the_same_prompt_at_both_tiers_stands_side_by_side_on_a_page_that_promtool_accepts() throws IOException {
        for (String tier : List.of("edge", "cloud")) {
            Response answer = chat("{'model':'" + tier
                    + "','stream':true,'max_tokens':8,'messages':[{'role':'user','content':'Say hello.'}]}");
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
            assertThat(answer.asString()).endsWith("data: [DONE]\n\n");
        }
        String page = given().port(fogline.operatorPort).get("/metrics").asString();
        for (String target : List.of("edge/smollm2-135m\",tier=\"edge", "cloud/stand-in\",tier=\"cloud")) {
            for (String name : List.of(
                    "gen_ai_client_operation_duration_seconds",
                    "gen_ai_server_time_to_first_token_seconds",
                    "gen_ai_server_time_per_output_token_seconds")) {
                assertThat(page).containsPattern(name + "_count\\{[^}]*target=\"" + target + "\",?\\} [1-9]");
            }
        }
        String agentPage =
                given().port(fogline.agentOperatorPort).get("/metrics").asString();
        assertThat(agentPage).contains("fogline_edge_slots").contains("fogline_edge_tokens_per_second");

        assumeThat(RunningFogline.has("promtool"))
                .as("promtool is not installed here (Debian: apt-get install prometheus)")
                .isTrue();
        for (String text : List.of(page, agentPage)) {
            Path file = Files.writeString(Path.of("target/product/metrics.txt").toAbsolutePath(), text);
            String complaints = RunningFogline.run(List.of(), "sh", "-c", "promtool check metrics < " + file);
            assertThat(complaints).isBlank();
        }
    }

    @Test
    void operators_and_users_have_their_own_ports() {
        assertThat(given().port(fogline.operatorPort).get("/health/ready").statusCode())
                .isEqualTo(200);
        assertThat(given().port(fogline.operatorPort)
                        .get("/admin/v1/targets")
                        .jsonPath()
                        .getList("id"))
                .containsExactly("cloud/stand-in", "edge/smollm2-135m");
        for (int port : List.of(fogline.port, fogline.agentPort)) {
            for (String path : List.of("/metrics", "/health", "/admin/v1/targets", "/q/metrics")) {
                assertThat(given().port(port).get(path).statusCode()).isEqualTo(404);
            }
        }
        assertThat(fogline.output()).contains("NO CLOUD MODEL");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void term_leaves_no_process_behind() {
        List<ProcessHandle> children = fogline.children();
        assertThat(children).hasSizeGreaterThanOrEqualTo(5);
        fogline.end("TERM");
        Blocking.until("every child has ended", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static io.restassured.specification.RequestSpecification request() {
        return given().port(fogline.port).contentType(ContentType.JSON);
    }

    private static Response chat(String singleQuoted) {
        return request().body(singleQuoted.replace('\'', '"')).post("/v1/chat/completions");
    }

    private static Response ask(String model, String prompt) {
        Response answer = request().body(body(model, prompt)).post("/v1/chat/completions");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    private static String body(String model, String prompt) {
        return new JsonObject()
                .put("model", model)
                .put("max_tokens", 12)
                .put("messages", List.of(new JsonObject().put("role", "user").put("content", prompt)))
                .encode();
    }
}
