package dev.fogline.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is reached through the proxy that the environment names. */
class ProxiesTest {
    private static final Optional<URI> PROXY = Optional.of(URI.create("http://proxy.lan:3128"));

    @TempDir
    Path folder;

    @Test
    void a_cloud_goes_through_https_proxy_unless_no_proxy_names_it() {
        Map<String, String> variables = Map.of(
                "HTTPS_PROXY", "http://proxy.lan:3128", "NO_PROXY", "models.lan, .inside.org,*.near.org,10.0.0.9");
        for (String through : List.of("https://api.example.org/v1", "https://inside.org.example.com/v1")) {
            assertThat(Proxies.of(new Environment(variables), URI.create(through)))
                    .as(through)
                    .isEqualTo(PROXY);
        }
        for (String direct : List.of(
                "https://models.lan/v1",
                "https://a.models.lan/v1",
                "https://a.inside.org/v1",
                "https://a.near.org/v1",
                "https://10.0.0.9/v1",
                "http://api.example.org/v1")) {
            assertThat(Proxies.of(new Environment(variables), URI.create(direct)))
                    .as(direct)
                    .isEmpty();
        }
        assertThat(Proxies.of(
                        new Environment(Map.of("https_proxy", "proxy.lan:3128", "HTTPS_PROXY", "http://other:1")),
                        URI.create("https://api.example.org/v1")))
                .as("the lower-case name comes first, the scheme may be missing")
                .isEqualTo(PROXY);
    }

    @Test
    void an_edge_and_this_machine_never_go_through_a_proxy() throws IOException {
        Map<String, String> variables =
                Map.of("HTTPS_PROXY", "http://proxy.lan:3128", "http_proxy", "http://proxy.lan:3128");
        Path ca = Files.writeString(folder.resolve("ca.pem"), "");
        Path file = Files.writeString(folder.resolve("fogline.yaml"), """
                version: 1
                targets:
                  - { id: edge/near, base-url: 'http://127.0.0.1:8081/v1' }
                  - { id: edge/far, base-url: 'https://10.0.0.2/v1', ca: CA }
                  - { id: edge/plain, base-url: 'http://10.0.0.2/v1', plaintext: accepted }
                  - { id: cloud/here, base-url: 'https://localhost:8443/v1' }
                  - { id: cloud/there, base-url: 'https://api.example.org/v1' }
                """.replace("CA", ca.toString()));
        var config =
                new ConfigReader(new Environment(variables), folder, folder.resolve("home")).read(Optional.of(file));
        assertThat(config.targets())
                .extracting(target -> target.trust().proxy())
                .containsExactly(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), PROXY);
    }

    @Test
    void a_proxy_that_cannot_be_read_is_refused_without_its_password() {
        assertThatThrownBy(() -> Proxies.of(
                        new Environment(Map.of("HTTPS_PROXY", "socks5://u:hidden@proxy:1")),
                        URI.create("https://api.example.org/v1")))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("hidden");
    }
}
