package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a request private beside a finding: what it is about, parts that nobody reads, whose key it has. */
class RequestClassTest {
    private static final String[] CLOUD = {"X-Fogline-Tier", "cloud"};
    private static final String[] IMAGES = {
        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}",
        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"iVBORw0KGgo=\",\"format\":\"wav\"}}",
        "{\"type\":\"file\",\"file\":{\"file_id\":\"f-1\"}}",
        "{\"type\":\"hologram\",\"beam\":\"x\"}",
        "{\"type\":\"text\",\"text\":\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAA\"}",
    };

    @TempDir
    private Path folder = Path.of("");

    private @Nullable GatewayFixture started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private GatewayFixture start(String yaml, Map<String, String> environment) {
        started = new GatewayFixture(yaml, environment);
        return started;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String parts(String... parts) {
        return HI.replace("\"Hi\"", "[" + String.join(",", parts) + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Explain my biopsy result", "\u6211\u8001\u516c\u8981\u79bb\u5a5a"})
    void what_is_about_somebody_stays_at_the_edge(String text) {
        GatewayFixture fogline = start("", Map.of());
        HttpResponse<String> answer = fogline.chat(HI.replace("Hi", text));
        assertThat(header(answer, "X-Fogline-Tier")).isEqualTo("edge");
        assertThat(header(answer, "X-Fogline-Reason")).isEqualTo("privacy");
        assertThat(fogline.chat(HI.replace("Hi", text), CLOUD).statusCode()).isEqualTo(422);
        assertThat(fogline.cloud.seen()).isEmpty();
        String subject = text.startsWith("Explain") ? "health" : "law";
        assertThat(fogline.counter("fogline.subjects", "subject", subject)).isEqualTo(2);
        var remembered = fogline.gateway
                .memory()
                .find(header(answer, "X-Fogline-Decision"))
                .orElseThrow();
        assertThat(remembered.subjects()).contains(subject);
        assertThat(remembered.sensitivity()).isEqualTo("confidential");
    }

    @Test
    void a_general_question_may_leave() {
        GatewayFixture fogline = start("", Map.of());
        assertThat(fogline.chat(HI.replace("Hi", "What are the symptoms of diabetes?"), CLOUD)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_part_that_nobody_reads_leaves_alone_under_balanced_and_stays_beside_what_is_masked() {
        GatewayFixture fogline = start("", Map.of());
        for (String part : IMAGES) {
            assertThat(fogline.chat(parts(part), CLOUD).statusCode()).as(part).isEqualTo(200);
            String mail = "{\"type\":\"text\",\"text\":\"write to jo@example.org\"}";
            assertThat(fogline.chat(parts(part, mail), CLOUD).statusCode())
                    .as(part)
                    .isEqualTo(422);
        }
        assertThat(fogline.counter("fogline.findings", "kind", "unreadable")).isGreaterThanOrEqualTo(IMAGES.length);
        assertThat(fogline.cloud.seen()).hasSize(IMAGES.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinic", "school", "privacy-first"})
    void such_a_part_stays_where_the_pack_says_so(String pack) {
        GatewayFixture fogline = start("policy: pack:" + pack, Map.of());
        for (String part : IMAGES) {
            assertThat(fogline.chat(parts(part), "X-Fogline-Tier", "cloud", "X-Role", "teacher")
                            .statusCode())
                    .as(part)
                    .isEqualTo(422);
        }
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void a_key_may_be_more_private_than_what_is_sent_with_it_and_never_less() throws Exception {
        GatewayFixture fogline = start(
                "keys: [ { name: ward, sha256: " + sha256("fl-ward")
                        + ", sensitivity: restricted }, { name: shop, sha256: " + sha256("fl-shop")
                        + ", sensitivity: internal } ]",
                Map.of());
        assertThat(sensitivity(fogline, HI, "fl-ward")).isEqualTo("restricted");
        assertThat(sensitivity(fogline, HI, "fl-shop")).isEqualTo("internal");
        assertThat(sensitivity(fogline, HI.replace("Hi", "jo@example.org"), "fl-shop"))
                .isEqualTo("confidential");
        String[] lowering = {"Authorization", "Bearer fl-ward", "X-Fogline-Sensitivity", "public", CLOUD[0], CLOUD[1]};
        assertThat(fogline.chat(HI, lowering).statusCode()).isEqualTo(422);
        assertThat(fogline.counter("fogline.sensitivity.lowering.ignored")).isEqualTo(1);
        assertThat(fogline.cloud.seen()).isEmpty();
    }

    @Test
    void conditions_see_whose_key_it_is() throws Exception {
        Path policy = Files.writeString(
                folder.resolve("p.yaml"),
                "version: 1\nname: p\nrules: [ { id: w, when: tenant.name == 'ward', egress: deny } ]");
        GatewayFixture fogline = start(
                "policy: " + policy + "\nkeys: [ { name: ward, sha256: " + sha256("fl-ward") + " } ]",
                Map.of("FOGLINE_API_KEYS", "fl-other"));
        assertThat(fogline.chat(HI, "Authorization", "Bearer fl-ward", CLOUD[0], CLOUD[1])
                        .statusCode())
                .isEqualTo(422);
        assertThat(fogline.chat(HI, "Authorization", "Bearer fl-other", CLOUD[0], CLOUD[1])
                        .statusCode())
                .isEqualTo(200);
    }

    private static String sensitivity(GatewayFixture fogline, String body, String key) {
        HttpResponse<String> answer = fogline.chat(body, "Authorization", "Bearer " + key);
        return fogline.gateway
                .memory()
                .find(header(answer, "X-Fogline-Decision"))
                .orElseThrow()
                .sensitivity();
    }

    private static String sha256(String key) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    }
}
