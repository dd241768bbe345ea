package dev.fogline.gateway.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fogline.policies.latency.ObservedLatency;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Asks one edge-agent for its status every second, one question at a time. */
public final class AgentPoll {
    public static final Duration ANSWER_WITHIN = Duration.ofMillis(900);

    private static final Logger LOG = Logger.getLogger(AgentPoll.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Fleet fleet;
    private final String target;
    private final Vertx vertx;
    private final Source source;
    private final ObservedLatency latency;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final long timer;

    /** What was last logged; only the poll's event loop touches it. */
    private String complaint = "";

    /** The way to the status page. */
    public interface Source {
        /**
         * The page as it stands now, not later than {@link #ANSWER_WITHIN}; fails with {@link ConnectException} when
         * nobody is there who may be asked. The messages of its failures are logged: they hold no secret.
         */
        Future<Buffer> ask();

        void close();
    }

    private AgentPoll(Vertx vertx, Fleet fleet, String target, Source source, ObservedLatency latency) {
        this.latency = latency;
        this.vertx = vertx;
        this.fleet = fleet;
        this.target = target;
        this.source = source;
        this.timer = vertx.setPeriodic(0, EVERY.toMillis(), tick -> ask());
    }

    /** @param latency seeded with what the agent has measured itself */
    public static AgentPoll start(Vertx vertx, Fleet fleet, String target, Source source, ObservedLatency latency) {
        return new AgentPoll(vertx, fleet, target, source, latency);
    }

    public void stop() {
        vertx.cancelTimer(timer);
        source.close();
    }

    private void ask() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        source.ask().onComplete(answer -> {
            asking.set(false);
            if (answer.succeeded()) {
                read(answer.result());
            } else {
                silent(
                        answer.cause() instanceof ConnectException,
                        String.valueOf(answer.cause().getMessage()));
            }
        });
    }

    private void read(Buffer page) {
        try {
            AgentStatus status = JSON.readValue(page.getBytes(), AgentStatus.class);
            latency.seed(status.firstTokenOrUnknown(), status.perTokenOrUnknown());
            fleet.answered(target, status);
            complaint = "";
        } catch (IOException e) {
            silent(false, "not a status page");
        }
    }

    /** Once per reason: a wrong certificate or address would else leave an operator with an edge that is never ready. */
    private void silent(boolean certain, String why) {
        fleet.silent(target, certain);
        if (!why.equals(complaint)) {
            complaint = why;
            LOG.warnf("%s does not tell its status: %s", target, why);
        }
    }
}
