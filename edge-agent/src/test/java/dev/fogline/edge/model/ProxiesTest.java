package dev.fogline.edge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiesTest {
    private static Proxies proxies(Map<String, String> variables) {
        Console console = new Console(System.out, System.err, false, System::nanoTime);
        return Proxies.of(new Environment(
                variables, "Linux", "amd64", console, Clock.systemUTC(), Limits.defaults(), new Interruption()));
    }

    private static Proxy chosen(Proxies proxies, String address) {
        return proxies.select(URI.create(address)).getFirst();
    }

    @Test
    void https_goes_through_the_proxy_and_this_machine_does_not() {
        Proxies proxies = proxies(Map.of("HTTPS_PROXY", "http://proxy.example:3128"));

        assertThat(chosen(proxies, "https://huggingface.co/x").address())
                .isEqualTo(InetSocketAddress.createUnresolved("proxy.example", 3128));
        assertThat(chosen(proxies, "http://127.0.0.1:8081/x")).isEqualTo(Proxy.NO_PROXY);
        assertThat(chosen(proxies, "https://localhost/x")).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void what_no_proxy_names_is_reached_directly() {
        Map<String, String> variables =
                Map.of("https_proxy", "proxy.example:3128", "no_proxy", "a.example, .b.example");
        Proxies proxies = proxies(variables);

        assertThat(chosen(proxies, "https://a.example/")).isEqualTo(Proxy.NO_PROXY);
        assertThat(chosen(proxies, "https://x.b.example/")).isEqualTo(Proxy.NO_PROXY);
        assertThat(chosen(proxies, "https://nota.example/").type()).isEqualTo(Proxy.Type.HTTP);
        assertThat(chosen(proxies(Map.of("HTTPS_PROXY", "p:1", "NO_PROXY", "*")), "https://c.example/"))
                .isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void without_a_proxy_or_with_one_that_cannot_be_read_all_is_direct() {
        assertThat(chosen(proxies(Map.of()), "https://a.example/")).isEqualTo(Proxy.NO_PROXY);
        assertThat(chosen(proxies(Map.of("HTTPS_PROXY", "socks5://p:1")), "https://a.example/"))
                .isEqualTo(Proxy.NO_PROXY);
    }
}
