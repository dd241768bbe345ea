package dev.fogline.gateway.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fogline.policies.latency.ObservedLatency;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks one edge-agent for its status every second, one question at a time. */
public final class AgentPoll {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(900);
    private static final int MAX_STATUS = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Fleet fleet;
    private final String target;
    private final String url;
    private final Vertx vertx;
    private final WebClient client;
    private final Optional<String> token;
    private final ObservedLatency latency;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final long timer;

    private AgentPoll(
            Vertx vertx, Fleet fleet, String target, URI baseUrl, Optional<String> token, ObservedLatency latency) {
        this.latency = latency;
        this.token = token;
        this.vertx = vertx;
        this.fleet = fleet;
        this.target = target;
        this.url = baseUrl.resolve("/status").toString();
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setFollowRedirects(false)
                        .setConnectTimeout((int) ANSWER_WITHIN.toMillis())
                        .setKeepAliveTimeout(4)
                        .setMaxPoolSize(1));
        this.timer = vertx.setPeriodic(0, EVERY.toMillis(), tick -> ask());
    }

    /**
     * @param baseUrl of the agent's API; its status stands at the root of the same server
     * @param token the agent's, if it wants one
     * @param latency seeded with what the agent has measured itself
     */
    public static AgentPoll start(
            Vertx vertx, Fleet fleet, String target, URI baseUrl, Optional<String> token, ObservedLatency latency) {
        return new AgentPoll(vertx, fleet, target, baseUrl, token, latency);
    }

    public void stop() {
        vertx.cancelTimer(timer);
        client.close();
    }

    private void ask() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        var question = client.getAbs(url).timeout(ANSWER_WITHIN.toMillis());
        token.ifPresent(question::bearerTokenAuthentication);
        question.send().onComplete(answer -> {
            asking.set(false);
            if (answer.succeeded()) {
                read(answer.result());
            } else {
                fleet.silent(target, answer.cause() instanceof ConnectException);
            }
        });
    }

    private void read(HttpResponse<Buffer> answer) {
        Buffer body = answer.body();
        if (answer.statusCode() != 200 || body == null || body.length() > MAX_STATUS) {
            fleet.silent(target, false);
            return;
        }
        try {
            AgentStatus status = JSON.readValue(body.getBytes(), AgentStatus.class);
            latency.seed(status.firstTokenOrUnknown(), status.perTokenOrUnknown());
            fleet.answered(target, status);
        } catch (IOException e) {
            fleet.silent(target, false);
        }
    }
}
