package dev.fogline.gateway;

import dev.fogline.gateway.FaultyUpstream.Fault;
import dev.fogline.gateway.Needles.Sighting;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Sends a gateway very many requests that hold something private, while its targets fail in every way and its policy changes,
 * and looks for what they held wherever it must not be. What is sent is drawn from a seed; what meets what is up to the threads.
 */
final class NeverEventRun {
    /** Another one, or more requests: {@code -Dfogline.never.seed=7 -Dfogline.never.requests=200000}. */
    static final long SEED = Long.getLong("fogline.never.seed", 20261129);

    private static final int AT_ONCE = 24;
    private static final long PATIENCE_SECONDS = 60;

    /** No request is private. */
    private static final int PUBLIC_EVERY = 12;

    private static final String EXTENDS = "version: 1\nname: never\nextends: balanced\n";

    /** None of them lets anything private go as it is. */
    static final List<String> POLICIES = List.of(
            EXTENDS + "prefer: { quality: 9 }\n",
            EXTENDS,
            EXTENDS + "prefer: { quality: 9 }\nprivacy: { mask: { instruction: false } }\n",
            EXTENDS + "prefer: { quality: 9 }\nfailover: [ cloud/b, edge/a, cloud/c, edge/b ]\n",
            EXTENDS
                    + "prefer: { quality: 9 }\nrules: [ { id: stays, when: request.sensitivity >= CONFIDENTIAL, egress: deny } ]\n",
            "version: 1\nname: broken\nrules: 7\n");

    private final int port;
    private final List<FaultyUpstream> edges;
    private final List<FaultyUpstream> clouds;
    private final Consumer<String> reload;
    private final HttpClient client;
    private final Context loop;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Needles needles = new Needles();
    private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> sent = new ConcurrentHashMap<>();
    private final Map<Integer, String> unanswered = new ConcurrentHashMap<>();
    private final Queue<String> notRestored = new ConcurrentLinkedQueue<>();
    private final Queue<String> decisions = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> errors = new ConcurrentLinkedQueue<>();
    private final List<Sighting> sightings = new ArrayList<>();

    /** @param reload is given policies to put in force */
    NeverEventRun(
            Vertx vertx, int port, List<FaultyUpstream> edges, List<FaultyUpstream> clouds, Consumer<String> reload) {
        this.port = port;
        this.edges = edges;
        this.clouds = clouds;
        this.reload = reload;
        this.loop = vertx.getOrCreateContext();
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setKeepAlive(true))
                .with(new PoolOptions().setHttp1MaxSize(AT_ONCE))
                .build();
    }

    private enum Weather {
        CALM,
        EDGES_FULL,
        EDGES_DOWN,
        EDGES_FAIL,
        CLOUDS_FAIL,
        RESETS,
        SILENCE,
        MIXED;

        /**
         * @param percent drawn for this call
         * @param any another one for each call
         */
        Fault of(boolean edge, int percent, Fault any) {
            return switch (this) {
                case CALM, EDGES_DOWN -> percent < 1 ? any : Fault.NONE;
                case EDGES_FULL -> edge && percent < 70 ? Fault.FULL : Fault.NONE;
                case EDGES_FAIL -> edge && percent < 20 ? Fault.ERROR : percent < 3 ? Fault.CUT : Fault.NONE;
                case CLOUDS_FAIL ->
                    edge || percent > 30 ? Fault.NONE : percent < 15 ? Fault.REFUSED : Fault.UNAVAILABLE;
                case RESETS -> percent < 8 ? Fault.RESET : percent < 20 ? Fault.CUT : Fault.NONE;
                case SILENCE -> percent < 3 ? Fault.SILENT : Fault.NONE;
                case MIXED -> percent < 40 ? any : Fault.NONE;
            };
        }
    }

    /**
     * @param betweenWeathers is called now and then, with ids of decisions that were made
     * @return this
     */
    NeverEventRun run(long seed, int requests, Consumer<List<String>> betweenWeathers) throws InterruptedException {
        int weathers = 2 * Weather.values().length;
        for (int number = 0; number < requests; number++) {
            int every = Math.max(1, requests / weathers);
            if (number % every == 0) {
                weather(seed, number / every);
                betweenWeathers.accept(recent());
            }
            if (number % Math.max(1, requests / 120) == 0) {
                reload.accept(POLICIES.get(number * 120 / requests % POLICIES.size()));
            }
            take();
            send(seed, number);
        }
        if (!free.tryAcquire(AT_ONCE, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("never answered: " + unanswered.values());
        }
        betweenWeathers.accept(recent());
        return this;
    }

    private void take() throws InterruptedException {
        if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no answer for a minute: " + unanswered.values());
        }
    }

    private List<String> recent() {
        var recent = new ArrayList<String>();
        for (String id = decisions.poll(); id != null; id = decisions.poll()) {
            recent.add(id);
        }
        return recent;
    }

    private void weather(long seed, int phase) {
        Weather now = Weather.values()[phase % Weather.values().length];
        Fault[] all = Fault.values();
        for (List<FaultyUpstream> tier : List.of(edges, clouds)) {
            for (FaultyUpstream upstream : tier) {
                Random random = PrivateRequest.random(seed, -1 - phase);
                var calls = new AtomicInteger(tier.indexOf(upstream));
                upstream.weather(
                        () -> now.of(tier == edges, random.nextInt(100), all[calls.getAndIncrement() % all.length]));
                upstream.ready(now != Weather.EDGES_DOWN);
            }
        }
    }

    private void send(long seed, int number) {
        var random = PrivateRequest.random(~seed, number);
        boolean open = number % PUBLIC_EVERY == PUBLIC_EVERY - 1;
        PrivateRequest request = PrivateRequest.draw(seed, number);
        boolean stream = random.nextBoolean();
        String model = List.of("auto", "auto", "auto", "auto", "gpt-9", "cloud", "cloud/a", "cloud/b", "edge", "edge/b")
                .get(random.nextInt(10));
        byte[] body = (open ? open(number) : new String(request.body(), StandardCharsets.UTF_8))
                .replaceFirst(
                        "^\\{\"model\":\"auto\"",
                        "{\"model\":\"" + model + "\",\"max_tokens\":8,\"stream\":" + stream
                                + (random.nextInt(10) == 0 ? ",\"logprobs\":true" : ""))
                .getBytes(StandardCharsets.UTF_8);
        if (!open) {
            needles.add(request);
            count(sent, request.value().kind() + "");
            count(sent, request.writing() + "");
            count(sent, request.place() + "");
        }
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("localhost")
                .setPort(port)
                .setURI("/v1/chat/completions")
                .putHeader("content-type", "application/json");
        switch (random.nextInt(12)) {
            case 0 -> options.putHeader("X-Fogline-Deadline-Ms", Integer.toString(20 + random.nextInt(300)));
            case 1 -> options.putHeader("X-Fogline-Sensitivity", "public");
            case 2 -> options.putHeader("X-Fogline-Tier", model.equals("auto") ? "cloud" : "edge");
            default -> {}
        }
        unanswered.put(number, request + ", model " + model + (stream ? ", streamed" : ""));
        // On its event loop: an answer may else be over before anybody has asked for its body.
        loop.runOnContext(go -> client.request(options)
                .compose(http -> http.send(Buffer.buffer(body)))
                .compose(answer -> answer.body().map(text -> {
                    answered(request, open, answer, text);
                    return text;
                }))
                .onFailure(gone -> count(outcomes, "no answer"))
                .onComplete(done -> {
                    unanswered.remove(number);
                    free.release();
                }));
    }

    private static String open(int number) {
        return "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello, number " + number
                + ".\"}]}";
    }

    private void answered(PrivateRequest request, boolean open, HttpClientResponse answer, Buffer body) {
        String tier = String.valueOf(answer.getHeader("X-Fogline-Tier"));
        String reason = String.valueOf(answer.getHeader("X-Fogline-Reason"));
        String text = body.toString();
        int status = answer.statusCode();
        boolean cut = text.contains("data: {\"error\"");
        count(outcomes, status + (status == 200 ? " from " + tier : "") + (cut ? " cut" : ""));
        count(outcomes, "reason " + reason);
        decisions.add(String.valueOf(answer.getHeader("X-Fogline-Decision")));
        errors.add(answer.headers().toString().getBytes(StandardCharsets.UTF_8));
        if (status != 200 && !(status == 400 && tier.equals("edge"))) {
            errors.add(body.getBytes());
        }
        if (cut) {
            errors.add(text.substring(text.indexOf("data: {\"error\"")).getBytes(StandardCharsets.UTF_8));
        }
        if (status == 200 && !cut && !open && tier.equals("cloud")) {
            restored(request, said(text));
        }
    }

    /** What was masked in a message comes back as it was. */
    private void restored(PrivateRequest request, String said) {
        boolean inMessage = request.place().ordinal() <= PrivatePlace.TOOL_RESULT_JSON.ordinal();
        if (inMessage && request.place() != PrivatePlace.SPLIT_PARTS) {
            boolean whole = said.contains(request.written())
                    || said.contains(request.written().replace("\n", "\\n"))
                    || said.contains(PrivateRequest.escapes(request.written()));
            count(outcomes, whole ? "restored" : "not restored");
            if (!whole) {
                notRestored.add(request + ": " + said);
            }
        }
    }

    private static String said(String answer) {
        if (!answer.startsWith("data:")) {
            return new JsonObject(answer)
                    .getJsonArray("choices")
                    .getJsonObject(0)
                    .getJsonObject("message")
                    .getString("content");
        }
        return answer.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> new JsonObject(line.substring(6))
                        .getJsonArray("choices")
                        .getJsonObject(0)
                        .getJsonObject("delta")
                        .getString("content", ""))
                .collect(Collectors.joining());
    }

    /** Looks through what another sink of bytes holds. */
    NeverEventRun search(String sink, byte[] bytes) {
        sightings.addAll(needles.in(sink, bytes));
        return this;
    }

    /** Every place that was searched, and the clouds and the answers to clients too. */
    List<Sighting> sightings() {
        for (FaultyUpstream cloud : clouds) {
            cloud.recorded().forEach(request -> search("cloud", request.getBytes()));
            cloud.recorded().clear();
        }
        errors.forEach(error -> search("answer to the client", error));
        errors.clear();
        return sightings;
    }

    List<String> notRestored() {
        return List.copyOf(notRestored);
    }

    int outcomes(String outcome) {
        AtomicInteger count = outcomes.get(outcome);
        return count == null ? 0 : count.get();
    }

    /** How often each kind, writing and place was sent. */
    Map<String, Integer> sent() {
        return plain(sent);
    }

    int needles() {
        return needles.size();
    }

    @Override
    public String toString() {
        return "outcomes " + plain(outcomes) + "\nsent " + sent() + "\nat edges " + happened(edges) + "\nat clouds "
                + happened(clouds);
    }

    static Map<Fault, Integer> happened(List<FaultyUpstream> upstreams) {
        var all = new TreeMap<Fault, Integer>();
        upstreams.forEach(upstream -> upstream.happened().forEach((fault, n) -> all.merge(fault, n, Integer::sum)));
        return all;
    }

    private static void count(Map<String, AtomicInteger> counts, String what) {
        counts.computeIfAbsent(what, none -> new AtomicInteger()).incrementAndGet();
    }

    private static Map<String, Integer> plain(Map<String, AtomicInteger> counts) {
        var plain = new TreeMap<String, Integer>();
        counts.forEach((what, count) -> plain.put(what, count.get()));
        return plain;
    }
}
