package dev.fogline.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real Quarkus application: what an operator sees after users have sent requests. */
@QuarkusTest
@QuarkusTestResource(ScriptedFleet.class)
class OperatorPlaneTest {
    private static final String HI = GatewayFixture.HI;

    @Test
    void it_is_alive_and_ready_once_the_edge_has_answered() {
        given().get("/health/live").then().statusCode(200);
        Blocking.until("ready", () -> given().get("/health/ready").statusCode() == 200);
    }

    @Test
    void targets_are_shown_without_their_keys() {
        Blocking.until("ready", () -> given().get("/health/ready").statusCode() == 200);
        given().get("/admin/v1/targets")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("id", hasItems("cloud/large", "edge/small"))
                .body("find { it.id == 'edge/small' }.availability", equalTo("ready"))
                .body("find { it.id == 'edge/small' }.context_tokens", equalTo(2048))
                .body("find { it.id == 'cloud/large' }.key", equalTo(true))
                .body(not(containsString("secret-1")));
    }

    @Test
    void a_decision_is_found_by_the_id_in_the_response_header() {
        Blocking.until("ready", () -> given().get("/health/ready").statusCode() == 200);
        String id = chat(HI).header("X-Fogline-Decision");
        Blocking.until(
                "the exchange has ended",
                () -> given().get("/admin/v1/decisions/" + id).jsonPath().get("outcome") != null);
        given().get("/admin/v1/decisions/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("outcome", equalTo("success"))
                .body("target", equalTo("edge/small"))
                .body("usage.output_tokens", equalTo(2))
                .body(not(containsString("\"Hi\"")));
    }

    @Test
    void a_request_is_explained_with_the_live_fleet_and_none_of_its_text() {
        Blocking.until("ready", () -> given().get("/health/ready").statusCode() == 200);
        given().contentType(ContentType.JSON)
                .header("X-Fogline-Tier", "cloud")
                .body(HI.replace("Hi", "zebra, my SSN is 536-22-8417"))
                .post("/admin/v1/explain")
                .then()
                .statusCode(200)
                .body("facts.findings.us_ssn", equalTo(1))
                .body("facts.pin", equalTo("cloud"))
                .body("refused", equalTo("policy_refused"))
                .body("targets.find { it.id == 'cloud/large' }.objections[0].reason", equalTo("privacy"))
                .body(not(containsString("zebra")));
        given().contentType(ContentType.JSON)
                .body("{\"model\":\"zebra\"}")
                .post("/admin/v1/explain")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body(not(containsString("zebra")));
    }

    /** Said by the head alone: whoever still sends the body may find the connection closed. */
    @Test
    void a_request_to_explain_of_more_than_a_mebibyte_is_refused() throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /admin/v1/explain HTTP/1.1\r\nHost: localhost:" + RestAssured.port
                                    + "\r\nContent-Type: application/json\r\nContent-Length: " + ((1 << 20) + 1)
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void the_health_page_says_that_what_leaves_is_recorded() {
        Blocking.until(
                "it is told",
                () -> "good"
                        .equals(given().get("/health")
                                .jsonPath()
                                .getString("checks.find { it.name == 'egress audit' }.data.state")));
    }

    @Test
    void errors_are_problem_json() {
        given().get("/admin/v1/decisions/nobody")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", equalTo(404))
                .body("detail", containsString("decision"));
        given().get("/admin/v1/nothing").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void the_operators_port_is_ipv4_only() throws IOException {
        try (Socket over4 = connect("127.0.0.1")) {
            assertThat(over4.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> connect("::1").close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void a_foreign_host_or_origin_does_not_reach_the_operators() {
        for (String path : List.of("/metrics", "/admin/v1/targets")) {
            given().header("Host", "evil.example.org").get(path).then().statusCode(421);
            given().header("Origin", "https://evil.example.org")
                    .get(path)
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json");
            given().get(path).then().statusCode(200);
        }
    }

    @Test
    void the_tiers_stand_side_by_side_on_the_metrics_page() {
        Blocking.until("ready", () -> given().get("/health/ready").statusCode() == 200);
        chat(HI.replace("auto", "edge"));
        chat(HI.replace("auto", "cloud"));
        chat(GatewayFixture.HI_STREAMED.replace("auto", "edge"));
        Blocking.until(
                "all three are counted",
                () -> given().get("/metrics")
                                .asString()
                                .lines()
                                .filter(line -> line.contains("reason=\"pinned\""))
                                .filter(line -> line.startsWith("fogline_requests_total"))
                                .count()
                        >= 2);
        String page = given().get("/metrics").then().statusCode(200).extract().asString();
        assertThat(page)
                .as("what has not happened is zero")
                .containsPattern("fogline_shed_total\\{cause=\"concurrency\",?\\} 0")
                .containsPattern("fogline_shed_total\\{cause=\"bodies\",?\\} 0")
                .contains("gen_ai_client_operation_duration_seconds_bucket")
                .contains("gen_ai_server_time_to_first_token_seconds_bucket")
                .contains("gen_ai_client_token_usage_bucket")
                .containsPattern(
                        "fogline_attempts_total\\{result=\"success\",target=\"edge/small\",tier=\"edge\",?\\} [1-9]")
                .containsPattern(
                        "fogline_attempts_total\\{result=\"success\",target=\"cloud/large\",tier=\"cloud\",?\\} [1-9]")
                .containsPattern(
                        "fogline_requests_total\\{outcome=\"success\",reason=\"pinned\",target=\"edge/small\",tier=\"edge\",?\\} [1-9]")
                .containsPattern("fogline_egress_total\\{action=\"allowed\",sensitivity=\"public\",?\\} [1-9]")
                .contains("fogline_inflight{target=\"edge/small\",tier=\"edge\"");
    }

    private static Socket connect(String literal) throws IOException {
        return new Socket(InetAddress.getAllByName(literal)[0], RestAssured.port);
    }

    private static Response chat(String body) {
        Response answer = given().baseUri("http://localhost")
                .port(ScriptedFleet.port())
                .contentType(ContentType.JSON.withCharset(StandardCharsets.UTF_8))
                .body(body)
                .post("/v1/chat/completions");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }
}
