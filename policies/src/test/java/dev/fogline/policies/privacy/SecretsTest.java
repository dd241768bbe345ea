package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    static Stream<String> keys() {
        return Stream.of(
                Samples.key("sk-", 48, 1),
                Samples.hex("sk-", 32, 2),
                Samples.key("sk-proj-", 64, 3),
                Samples.key("sk-ant-" + "api03-", 93, 4),
                Samples.key("ghp" + "_", 36, 5),
                Samples.key("gho" + "_", 36, 6),
                Samples.key("github_pat_", 22, 7) + Samples.key("_", 59, 8),
                Samples.key("glpat-", 20, 9),
                Samples.key("AKIA", 0, 0) + Samples.key("", 16, 10).toUpperCase(Locale.ROOT),
                Samples.key("ASIA", 0, 0) + Samples.key("", 16, 11).toUpperCase(Locale.ROOT),
                Samples.key("AIza", 35, 12),
                Samples.key("xoxb-" + "123456789012-", 24, 13),
                Samples.key("hf" + "_", 34, 14),
                "bce-v3/" + Samples.key("ALTAK-", 21, 15) + "/" + Samples.hex("", 40, 16),
                Samples.key("LTAI5t", 18, 17),
                Samples.key("sk_live" + "_", 24, 18),
                Samples.hex("dop_v1_", 64, 19),
                Samples.key("npm_", 36, 20),
                Samples.key("SG.", 22, 21) + Samples.key(".", 43, 22),
                "123456789:A" + Samples.key("A", 33, 23),
                Samples.key("abc8Q~", 34, 24));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_key_is_known_by_its_prefix(String key) {
        for (String text : new String[] {"我的密钥是%s，帮我看看", "use %s.", "\"%s\"", "x=%s\n", "(%s)", "%s"}) {
            assertThat(Found.in(text.formatted(key))).containsExactly("api_key:" + key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=%s",
                "DB_PASSWORD: %s",
                "\"password\": \"%s\"",
                "{\\\"password\\\":\\\"%s\\\"}",
                "Server=db;User=app;Password=%s;Port=5432",
                "jdbc:postgresql://db/app?user=app&password=%s&ssl=true",
                "my password is %s.",
                "mysql --password %s",
                "密码改成了%s，够强吗？",
                "密码：%s",
                "https://admin:%s@db.internal/x",
                "mongodb+srv://app:%s@cluster0.example.net/db",
                "curl -u admin:%s https://localhost"
            })
    void a_password_is_known_by_its_name(String text) {
        String secret = Samples.key("", 18, 30);
        assertThat(Found.in(text.formatted(secret))).containsExactly("password:" + secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH_CLIENTSECRET = '%s'",
                "client-secret: \"%s\"",
                "const apiKey = \"%s\";",
                "X-Api-Token: %s",
                "?access_token=%s&x=1",
                "Authorization: Bearer %s",
                "authorization: %s",
                "<add key=\"ApiSecret\" value=\"%s\" />",
                "export ADOBE_TOKEN=%s",
                "stripe_client_id = \"%s\"",
                "SECRET_KEY_BASE=%s",
                "api_key_of_production: '%s'",
                "<serviceToken>%s</serviceToken>",
                "<token>\n    %s\n</token>",
                "config.put(\"apiToken\", \"%s\")",
                "var token string = \"%s\"",
                "val token: String = \"%s\"",
                "$token ??= \"%s\"",
                "token := `%s`",
                "token || '%s'",
                "'token' => '%s'",
                "- name: MY_TOKEN\n  value: %s",
                "kind: Secret\nmetadata:\n  name: x\ndata:\n  user: %s\n"
            })
    void a_key_is_known_by_its_name(String text) {
        String secret = Samples.key("", 28, 30);
        assertThat(Found.in(text.formatted(secret))).containsExactly("api_key:" + secret);
    }

    @Test
    void a_key_of_capitals_may_have_no_digit() {
        String key = "AKIA" + "QEQCFCVANAVCSMRJ";
        assertThat(Found.in("use " + key + ".")).containsExactly("api_key:" + key);
        assertThat(Found.in("use AKIAYOURACCESSKEYIDX")).isEmpty();
    }

    @Test
    void the_number_of_a_client_is_a_key_only_where_its_issuer_says_so() {
        assertThat(Found.in("asana_client_id=4821905736482915")).containsExactly("api_key:4821905736482915");
        assertThat(Found.in("client_id=4821905736482915")).isEmpty();
    }

    @Test
    void a_credential_file_of_google_cloud_is_known_by_its_type() {
        assertThat(Found.in("{\"type\": \"service_account\", \"project_id\": \"x\"}"))
                .containsExactly("api_key:\"type\": \"service_account\"");
        assertThat(Found.in("grant the service_account a role")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=password",
                "password: ********",
                "api_key = \"your-api-key-here\"",
                "API_KEY=xxxxxxxxxxxxxxxxxxxxxxxx",
                "token: ${GITHUB_TOKEN}",
                "secret = os.environ['SECRET_2']",
                "password = getPassword(user1)",
                "sk-your-key-here",
                "sk-fading-circle-container-large",
                "AKIAIOSFODNN7EXAMPLE",
                "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "max_tokens: 4096",
                "\"next_page_token\": \"CAoQAA1234567890\"",
                "tokenizer = AutoTokenizer.from_pretrained(model_name2)",
                "how do I reset my password is the question",
                "the basic authentication2 scheme",
                "postgres://postgres:postgres@localhost:5432/db",
                "http://user:password@localhost",
                "curl -u user:pass https://x",
                "密码的强度如何判断",
                "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKC\n-----END PUBLIC KEY-----",
                "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
                "'#sha256 checksum: 9b74c9897bac770ffc029102a200c5de'",
                "credentialsId: '9b74c989-7bac-470f-8c02-9102a200c5de'",
                "public_key: 9b74c9897bac770ffc029102a200c5de",
                "idempotency-key: 9b74c9897bac770ffc029102a200c5de",
                "AuthSource: sm02915.int.example.com",
                "sk-abcdefghijklmnopqrstuvwxyz123456",
                "a > b, \"token\", \"value\"",
                "kind: Secret\ndata: {}\n---\nkind: ConfigMap\ndata:\n  a: 9b74c9897bac770ffc02\n"
            })
    void placeholders_and_prose_are_no_secret(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @Test
    void a_private_key_is_found_whole_and_cut_off() {
        String begin = "-----BEGIN RSA PRIVATE " + "KEY-----\n";
        String body = Samples.key("MII", 61, 40) + "\n" + Samples.key("", 30, 41) + "=\n";
        String whole = begin + body + "-----END RSA PRIVATE " + "KEY-----";
        assertThat(Found.in("here: " + whole + "\nthanks")).containsExactly("private_key:" + whole);
        assertThat(Found.in("here: " + begin + body)).containsExactly("private_key:" + begin + body);
    }

    @Test
    void a_web_token_is_found() {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        String token = encoder.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + encoder.encodeToString("{\"sub\":\"1\",\"name\":\"nobody\"}".getBytes(StandardCharsets.UTF_8))
                + Samples.key(".", 43, 42);
        assertThat(Found.in("cookie " + token + " end")).containsExactly("api_key:" + token);
    }

    @Test
    void an_id_number_that_is_used_as_a_secret_is_a_secret() {
        assertThat(Found.in("password=11010519491231002X")).containsExactly("password:11010519491231002X");
    }
}
