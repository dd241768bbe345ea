package dev.fogline.gateway;

import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.Masked;
import dev.fogline.gateway.api.Waits;
import dev.fogline.gateway.config.TargetConfig;
import dev.fogline.gateway.fleet.Fleet;
import dev.fogline.gateway.upstream.Upstream;
import dev.fogline.gateway.upstream.UpstreamAddress;
import dev.fogline.gateway.upstream.UpstreamFailure;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All targets as one event loop talks to them. */
final class Targets {
    /** After this long a target that refused our credentials is tried again. */
    private static final Duration REJECTED_FOR = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Fleet fleet;
    private final CharSequence via;
    private final CallerIds callerIds;
    private final EgressGate gate;
    private final Map<String, Channel> channels = new HashMap<>();

    /**
     * One target.
     *
     * @param firstEvents how long each streamed answer may take to its first event
     * @param streams how long the rest of one may take
     * @param answers how long each whole answer may take
     */
    private record Channel(TargetLink link, Upstream upstream, Waits firstEvents, StreamWaits streams, Waits answers) {}

    Targets(Vertx vertx, Fleet fleet, Map<String, TargetLink> links, String via, CallerIds callerIds, EgressGate gate) {
        this.gate = gate;
        this.callerIds = callerIds;
        this.via = HttpHeaders.createOptimized("1.1 " + via);
        this.vertx = vertx;
        this.fleet = fleet;
        links.forEach((id, link) -> channels.put(
                id,
                new Channel(
                        link,
                        new Upstream(vertx, address(link.config())),
                        new Waits(vertx, link.config().limits().firstEvent(), System::nanoTime),
                        StreamWaits.of(vertx, link.config().limits()),
                        new Waits(vertx, link.config().limits().total(), System::nanoTime))));
    }

    static UpstreamAddress address(TargetConfig config) {
        return new UpstreamAddress(
                config.baseUrl(),
                config.limits().connect(),
                // An agent closes idle connections after 5 s; a call must not start on one that is about to go.
                Duration.ofSeconds(config.target().tier() == Tier.EDGE ? 4 : 30),
                config.limits().concurrent(),
                config.trust().localOnly(),
                config.trust().ca(),
                config.trust().proxy());
    }

    Vertx vertx() {
        return vertx;
    }

    TargetLink link(Target target) {
        return channel(target).link;
    }

    StreamWaits streams(Target target) {
        return channel(target).streams;
    }

    private Channel channel(Target target) {
        return Objects.requireNonNull(channels.get(target.id()), "a plan holds configured targets only");
    }

    /**
     * @param masked what leaves instead of the request as it came
     * @param boundOutput tokens to bound the answer by, 0 to leave the request as it is
     */
    Attempt attempt(
            Target target, ChatExchange exchange, ChatRequest request, Optional<Masked> masked, int boundOutput) {
        Channel channel = channel(target);
        return new Attempt(
                vertx,
                channel.link,
                channel.upstream,
                request.stream() ? channel.firstEvents : channel.answers,
                exchange,
                request,
                masked,
                via,
                callerIds,
                gate,
                boundOutput);
    }

    /** What a failed attempt says of the target beyond this request. */
    void failed(Target target, UpstreamFailure failure) {
        if (failure instanceof UpstreamFailure.Rejected) {
            fleet.rejected(target.id(), true);
            vertx.setTimer(REJECTED_FOR.toMillis(), again -> fleet.rejected(target.id(), false));
        }
    }

    void close() {
        channels.values().forEach(channel -> channel.upstream.close());
    }
}
