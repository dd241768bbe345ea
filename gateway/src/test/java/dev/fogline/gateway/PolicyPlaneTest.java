package dev.fogline.gateway;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy on the operators' port of the real application. */
@QuarkusTest
@QuarkusTestResource(ScriptedFleet.class)
class PolicyPlaneTest {
    private static final String OTHER = "version: 1\nname: other\n";

    private static Path file() {
        return Path.of(ConfigProvider.getConfig().getValue(ScriptedFleet.POLICY_FILE, String.class));
    }

    @AfterEach
    void as_it_was() {
        put(ScriptedFleet.POLICY, "?save=true").statusCode(200);
        Blocking.until(
                "the file is good again",
                () -> given().get("/admin/v1/policy").jsonPath().get("failure") == null);
    }

    private static ValidatableResponse put(String text, String query) {
        return given().contentType("application/yaml")
                .body(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put("/admin/v1/policy" + query)
                .then();
    }

    @Test
    void the_policy_in_force_is_shown_with_its_document() {
        given().get("/admin/v1/policy")
                .then()
                .statusCode(200)
                .body("name", equalTo("test"))
                .body("revision", notNullValue())
                .body("source", equalTo(file().toString()))
                .body("saved", equalTo(true))
                .body("document", equalTo(ScriptedFleet.POLICY));
    }

    @Test
    void what_extends_is_shown_as_it_is_written_and_as_it_works() {
        String mine = "version: 1\nname: mine\nextends: school\ncost: { max-output: 5 }\n";
        put(mine, "")
                .statusCode(200)
                .body("document", equalTo(mine))
                .body("effective", containsString("pupils-stay"))
                .body("effective", containsString("max-output: 5"))
                .body("effective", not(containsString("extends")));
        put("version: 1\nname: mine\nextends: ../../secret.yaml\n", "")
                .statusCode(422)
                .body("line", equalTo(3))
                .body("detail", containsString("outside the folder"));
    }

    @Test
    void what_is_put_is_in_force_and_says_that_it_is_not_saved() {
        put(OTHER, "")
                .statusCode(200)
                .body("name", equalTo("other"))
                .body("source", equalTo("put"))
                .body("saved", equalTo(false));
        String revision = given().get("/admin/v1/policy").jsonPath().getString("revision");
        given().get("/metrics")
                .then()
                .body(containsString("fogline_policy_info{revision=\"" + revision + "\""))
                .body(containsString("fogline_policy_reload_failures_total "));
        given().get("/admin/v1/policy/revisions")
                .then()
                .statusCode(200)
                .body("[0].revision", equalTo(revision))
                .body("findAll { it.in_force }", hasSize(1))
                .body("find { it.in_force }.name", equalTo("other"));
    }

    @Test
    void what_is_put_and_saved_is_in_the_file() throws IOException {
        put(OTHER, "?save=true").statusCode(200).body("saved", equalTo(true));
        org.assertj.core.api.Assertions.assertThat(file()).hasContent(OTHER);
    }

    @Test
    void what_is_no_policy_is_refused_with_its_place_and_changes_nothing() {
        put("version: 1\nname: x\nrulez: []\n", "")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("status", equalTo(422))
                .body("file", equalTo("put"))
                .body("line", equalTo(3))
                .body("key", equalTo("rulez"))
                .body("detail", containsString("rules"));
        put("version: 1\nname: x\nrules: [ { id: a, when: 'true', pin: { target: edge/none } } ]\n", "")
                .statusCode(422)
                .body(
                        "detail",
                        containsString("line 3: the key 'pin.target' of the rule 'a' names 'edge/none', which is not"
                                + " configured; the nearest that is: '"))
                .body("key", equalTo("pin.target"));
        put("version: 1\nname: x\nrules: [ { id: a, when: request.tokenz > 1, egress: deny } ]\n", "")
                .statusCode(422)
                .body("line", equalTo(3))
                .body("column", notNullValue())
                .body("key", equalTo("when"))
                .body("detail", containsString("'request.tokens'"));
        put("#".repeat(256 * 1024 + 1), "").statusCode(413).contentType("application/problem+json");
        given().body(new byte[] {(byte) 0xff})
                .put("/admin/v1/policy")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        given().get("/admin/v1/policy").then().body("name", equalTo("test"));
    }

    private static ValidatableResponse post(String path, String text) {
        return given().contentType("application/yaml")
                .body(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/admin/v1/" + path)
                .then();
    }

    @Test
    void a_policy_is_checked_beside_the_targets_and_nothing_changes() {
        post("check", OTHER)
                .statusCode(200)
                .body("good", equalTo(true))
                .body("name", equalTo("other"))
                .body("effective", containsString("other"))
                .body("findings", hasSize(0));
        post("check", OTHER + "rules: [ { id: a, when: 'true', exclude: { tier: edge } } ]\n")
                .statusCode(200)
                .body("good", equalTo(false))
                .body("findings.error", org.hamcrest.Matchers.hasItem(true))
                .body("findings.message[0]", containsString("permits no configured target for"));
        post(
                        "check",
                        OTHER + "rules: [ { id: a, when: 'true', exclude: { target: cloud/x } },"
                                + " { id: b, when: 'true', pin: { target: edge/x } } ]\n")
                .statusCode(200)
                .body("good", equalTo(false))
                .body(
                        "findings.message",
                        org.hamcrest.Matchers.hasItems(
                                containsString("names 'cloud/x', which is not configured"),
                                containsString("names 'edge/x', which is not configured")));
        post("check", OTHER + "rulez: []\n")
                .statusCode(422)
                .body("line", equalTo(3))
                .body("key", equalTo("rulez"));
        post("check", OTHER + "extends: ../../secret.yaml\n")
                .statusCode(422)
                .body("detail", containsString("is outside the folder"));
        given().get("/admin/v1/policy").then().body("name", equalTo("test"));
    }

    @Test
    void a_policy_is_tried_on_the_decisions_that_were_logged() {
        String mail = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"to li.wei@example.org\"}]}";
        given().baseUri("http://localhost:" + ScriptedFleet.port())
                .contentType("application/json")
                .body(mail)
                .post("/v1/chat/completions");
        String loose = OTHER + "privacy: { default-egress: { confidential: allow } }\n";
        Blocking.until(
                "the decision is logged",
                () -> post("simulate", loose)
                                .statusCode(200)
                                .extract()
                                .jsonPath()
                                .getInt("records")
                        > 0);
        post("simulate", loose)
                .body("policy", equalTo("other"))
                .body("newly_leaving.request_class", org.hamcrest.Matchers.hasItem("confidential: email"));
        post("simulate", ScriptedFleet.POLICY).body("newly_leaving", hasSize(0));
        post("simulate", OTHER + "rulez: []\n").statusCode(422).body("line", equalTo(3));
        post("simulate", "#".repeat(256 * 1024 + 1)).statusCode(413);
    }

    @Test
    void cases_are_run_against_the_policy_in_force() {
        String cases = "policy: any.yaml\nfleet: [ { id: edge/a }, { id: cloud/b } ]\ncases:\n"
                + "  - { name: ids stay, request: { findings: { cn_id: 1 } }, expect: { tier: edge, egress: deny } }\n"
                + "  - name: a whole request is read\n"
                + "    body: { model: cloud, messages: [ { role: user, content: Hi } ] }\n"
                + "    expect: { tier: %s }\n";
        post("test", cases.formatted("cloud"))
                .statusCode(200)
                .body("passed", equalTo(true))
                .body("name", equalTo("test"))
                .body(
                        "revision",
                        equalTo(given().get("/admin/v1/policy").jsonPath().getString("revision")))
                .body("cases", hasSize(2));
        post("test", cases.formatted("edge"))
                .statusCode(200)
                .body("passed", equalTo(false))
                .body("cases[0].passed", equalTo(true))
                .body("cases[1].line", equalTo(5))
                .body("cases[1].report", containsString("expected edge, was cloud"));
        post("test", "policy: any.yaml\ncases: []\n").statusCode(422);
        post("test", cases.formatted("cloud") + "casez: 1\n").statusCode(422).body("key", equalTo("casez"));
    }

    @Test
    void an_older_revision_is_rolled_back_to() {
        String first = given().get("/admin/v1/policy").jsonPath().getString("revision");
        put(OTHER, "").statusCode(200);
        rollback("{\"revision\":\"" + first + "\"}")
                .statusCode(200)
                .body("revision", equalTo(first))
                .body("source", equalTo("rollback"))
                .body("saved", equalTo(true));
        rollback("{\"revision\":\"nobody\"}").statusCode(404).contentType("application/problem+json");
        rollback("{}").statusCode(400).contentType("application/problem+json");
    }

    private static ValidatableResponse rollback(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/admin/v1/policy/rollback")
                .then();
    }

    @Test
    void a_broken_file_degrades_the_health_page_and_the_gateway_stays_ready() throws IOException {
        Blocking.until("ready", () -> given().get("/health/ready").statusCode() == 200);
        Files.writeString(file(), "version: 1\nname: broken\nrules: 7\n");
        Blocking.until(
                "it is told", () -> given().get("/admin/v1/policy").jsonPath().get("failure") != null);
        given().get("/health")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'policy' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'policy' }.data.state", equalTo("degraded"))
                .body("checks.find { it.name == 'policy' }.data.failure", containsString("line 3"));
        // Open to everybody, so it says up or down and no more.
        given().get("/health/ready").then().statusCode(200).body("checks.find { it.name == 'policy' }", nullValue());
        given().get("/admin/v1/policy").then().body("name", equalTo("test")).body("saved", equalTo(false));
    }

    @Test
    void a_foreign_origin_changes_no_policy() {
        given().header("Origin", "https://evil.example.org")
                .body(OTHER)
                .put("/admin/v1/policy")
                .then()
                .statusCode(403);
        given().get("/admin/v1/policy").then().body("name", equalTo("test"));
    }
}
