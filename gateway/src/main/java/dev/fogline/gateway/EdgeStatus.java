package dev.fogline.gateway;

import dev.fogline.gateway.config.Secret;
import dev.fogline.gateway.fleet.AgentPoll;
import dev.fogline.gateway.upstream.Probe;
import dev.fogline.gateway.upstream.Upstream;
import dev.fogline.gateway.upstream.UpstreamException;
import dev.fogline.gateway.upstream.UpstreamFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.ConnectException;
import java.net.ProtocolException;

/** The status page of an edge-agent, asked for as the agent is called. */
final class EdgeStatus implements AgentPoll.Source {
    private final Probe probe;

    EdgeStatus(Vertx vertx, TargetLink link) {
        probe = new Probe(
                vertx,
                new Upstream(vertx, Targets.address(link.config())),
                "/status",
                link.config().key().map(Secret::value),
                AgentPoll.ANSWER_WITHIN);
    }

    @Override
    public Future<Buffer> ask() {
        return probe.ask().recover(cause -> Future.failedFuture(cause(UpstreamException.of(cause))));
    }

    private static Exception cause(UpstreamFailure failure) {
        return switch (failure) {
            case UpstreamFailure.Refused refused -> new ConnectException(refused.cause());
            case UpstreamFailure.BadStatus bad -> new ProtocolException("it answered " + bad.status());
            default -> new UpstreamException(failure);
        };
    }

    @Override
    public void close() {
        probe.close();
    }
}
