package dev.fogline.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./fogline chat}: one prompt to a running gateway, the answer streamed to the terminal. */
@Command(
        name = "./fogline chat",
        mixinStandardHelpOptions = true,
        description = "Streams one answer, and says which tier gave it and how fast.",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:the answer is whole", "1:no answer, or not all of it", "2:wrong use"})
public final class ChatCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_PROMPT = 16 << 20; // characters, of a byte at least: the gateway takes no more
    private static final int LARGEST_ERROR = 64 << 10; // bytes

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final LongSupplier nanoTime;

    @Option(names = "--tier", paramLabel = "edge|cloud", description = "Pin the tier.")
    private @Nullable String tier;

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "auto",
            description = "auto, edge, cloud, a target or an alias (default: ${DEFAULT-VALUE}).")
    private String model = "auto";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:${env:FOGLINE_GATEWAY_PORT:-8080}",
            description = "The gateway (default: ${DEFAULT-VALUE}).")
    private String url = "";

    @Parameters(paramLabel = "PROMPT", arity = "0..*", description = "Read from standard input if absent.")
    private List<String> words = List.of();

    ChatCommand(InputStream in, PrintStream out, PrintStream err, LongSupplier nanoTime) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.nanoTime = nanoTime;
    }

    /** Ends the process with the command's exit status. */
    public static void main(String... arguments) {
        // UTF-8 whatever the locale: that is what answers are made of.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new CommandLine(new ChatCommand(System.in, out, err, System::nanoTime)).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<URI> endpoint = endpoint();
        if (endpoint.isEmpty()) {
            return wrongUse("--url wants an address such as http://127.0.0.1:8080, not '" + url + "'.");
        }
        if (tier != null && !tier.equals("edge") && !tier.equals("cloud")) {
            return wrongUse("--tier is edge or cloud, not '" + tier + "'.");
        }
        String prompt = words.isEmpty() ? standardInput() : String.join(" ", words);
        if (prompt.isBlank()) {
            return wrongUse("There is no prompt: give it as an argument or on standard input.");
        }
        if (prompt.length() > LARGEST_PROMPT) {
            return wrongUse("The prompt is longer than 16 MiB, which is all that the gateway takes.");
        }
        return ask(endpoint.get(), prompt);
    }

    private String standardInput() throws IOException {
        return new String(in.readNBytes(4 * LARGEST_PROMPT), StandardCharsets.UTF_8).strip();
    }

    /** The first key of the gateway on this machine; a key is never sent anywhere else unasked. */
    private static Optional<String> key(URI endpoint) {
        boolean here = Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(endpoint.getHost()));
        return Optional.ofNullable(System.getenv("FOGLINE_API_KEYS"))
                .filter(keys -> here && !keys.isBlank())
                .map(keys -> keys.split(",", -1)[0].strip());
    }

    private int ask(URI endpoint, String prompt) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(10)) // the gateway's own limit for a stream
                .POST(BodyPublishers.ofByteArray(body(prompt)));
        key(endpoint).ifPresent(key -> request.header("Authorization", "Bearer " + key));
        if (tier != null) {
            request.header("X-Fogline-Tier", tier);
        }
        // No proxy: the gateway is on this machine or a neighbour. HTTP/1.1, since one request gains nothing by h2c.
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        long started = nanoTime.getAsLong();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return failed("No gateway answers at " + endpoint.resolve("/") + ". Start one with: ./fogline up");
        } catch (HttpTimeoutException e) {
            return failed("The gateway did not answer within ten minutes.");
        } catch (IOException e) {
            return failed("The connection to the gateway broke before an answer came.");
        }
        return response.statusCode() == 200 && contentType(response).startsWith("text/event-stream")
                ? stream(response, started)
                : refusal(response);
    }

    private int stream(HttpResponse<InputStream> response, long started) throws IOException {
        StreamedAnswer answer = new StreamedAnswer(out, nanoTime, started);
        Optional<String> failure;
        try (EventReader events = new EventReader(response.body())) {
            failure = answer.print(events);
        }
        failure.ifPresent(this::failed);
        HttpHeaders headers = response.headers();
        err.println("[" + header(headers, "X-Fogline-Tier") + " " + header(headers, "X-Fogline-Target") + ", "
                + answer.timing() + ", decision " + header(headers, "X-Fogline-Decision") + "]");
        return failure.isPresent() ? 1 : 0;
    }

    private int refusal(HttpResponse<InputStream> response) throws IOException {
        JsonNode envelope;
        try (InputStream body = response.body()) {
            envelope = JSON.readTree(body.readNBytes(LARGEST_ERROR));
        } catch (JsonProcessingException e) {
            envelope = JSON.missingNode();
        }
        if (!envelope.path("error").isObject()) {
            return failed("What answers at " + url + " is no Fogline gateway (status " + response.statusCode() + ").");
        }
        String again = response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> " Try again in " + seconds + " s.")
                .orElse("");
        String decision = response.headers()
                .firstValue("X-Fogline-Decision")
                .map(id -> " [decision " + id + "]")
                .orElse("");
        return failed(StreamedAnswer.sentence(envelope) + again + decision);
    }

    private byte[] body(String prompt) throws JsonProcessingException {
        return JSON.writeValueAsBytes(Map.of(
                "model",
                model,
                "messages",
                List.of(Map.of("role", "user", "content", prompt)),
                "stream",
                true,
                "stream_options",
                Map.of("include_usage", true)));
    }

    private Optional<URI> endpoint() {
        try {
            URI base = URI.create(url.replaceFirst("/+(v1/*)?$", "") + "/v1/chat/completions");
            boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
            return http && base.getHost() != null ? Optional.of(base) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String contentType(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    private static String header(HttpHeaders headers, String name) {
        return headers.firstValue(name).orElse("unknown");
    }

    private int failed(String sentence) {
        err.println(sentence);
        return 1;
    }

    private int wrongUse(String sentence) {
        err.println(sentence);
        return 2;
    }
}
