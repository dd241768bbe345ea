package dev.fogline.edge.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * GET, with redirects followed here and not by the client: the hub's token goes to the hub only, and a redirect may
 * not leave https.
 */
final class Http {
    private static final int REDIRECTS = 10;

    private final Environment environment;
    private @Nullable HttpClient client;
    private final Limits limits;
    private final URI hub;
    private final Optional<String> token;

    Http(Environment environment) {
        this.environment = environment;
        this.limits = environment.limits();
        this.hub = environment.hub();
        this.token = environment.variable("HF_TOKEN").filter(value -> value.matches("[!-~]{1,512}"));
    }

    /** Made when first needed: it costs a tenth of a second, and most runs find all that they want on the disk. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = newClient();
        }
        return client;
    }

    private HttpClient newClient() {
        Proxies proxies = Proxies.of(environment);
        HttpClient.Builder builder = HttpClient.newBuilder()
                // One stream at a time: HTTP/2 would add nothing but its own flow control.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(environment.limits().connect())
                .proxy(proxies);
        proxies.authenticator().ifPresent(builder::authenticator);
        return builder.build();
    }

    /** The last answer behind all redirects, whatever its status; the caller closes its body. */
    HttpResponse<InputStream> get(URI address, Map<String, String> headers) throws IOException {
        URI at = address;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpResponse<InputStream> response = send(at, headers);
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            response.body().close();
            URI to = target(at, location.get());
            if (!Addresses.mayRedirect(at, to)) {
                throw new IOException("redirected to an address that is not taken (only https)");
            }
            at = to;
        }
        throw new IOException("more than " + REDIRECTS + " redirects");
    }

    private static URI target(URI at, String location) throws IOException {
        try {
            return at.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("redirected to something that is not an address", e);
        }
    }

    private HttpResponse<InputStream> send(URI at, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at).header("User-Agent", "fogline").header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        if (Addresses.sameServer(at, hub)) {
            token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        }
        // Not HttpRequest.timeout(): from JDK 26 on it covers the body too, and would cut every long download.
        CompletableFuture<HttpResponse<InputStream>> answer =
                client().sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try {
            return answer.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
