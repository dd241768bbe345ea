package dev.fogline.gateway;

import dev.fogline.gateway.audit.DecisionTrace;
import dev.fogline.gateway.audit.egress.AuditEvents;
import dev.fogline.gateway.audit.egress.Departure;
import dev.fogline.gateway.audit.egress.EgressAudit;
import dev.fogline.gateway.upstream.Clearance;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;

/** What a body passes on its way to a cloud: it leaves once the egress audit has a record of it, and not otherwise. */
final class EgressGate {
    /** A disk that takes longer serves nobody. */
    private static final long RECORDED_WITHIN_MS = 2_000;

    private final Vertx vertx;
    private final Optional<EgressAudit> audit;
    private final AuditEvents events;

    /** @param audit empty where the operator wants none */
    EgressGate(Vertx vertx, Optional<EgressAudit> audit, AuditEvents events) {
        this.vertx = vertx;
        this.audit = audit;
        this.events = events;
    }

    /** Whether nothing can leave at present, so that no connection is needed. */
    boolean shut() {
        return audit.isPresent() && audit.get().stopped().isPresent();
    }

    Clearance of(ChatExchange exchange, Target target, boolean masked, Buffer body) {
        if (audit.isEmpty()) {
            return Clearance.NOT_NEEDED;
        }
        DecisionTrace decision = Objects.requireNonNull(exchange.decision(), "nothing is sent before it is decided");
        RequestFacts facts = decision.facts();
        return again -> recorded(
                audit.get(),
                new Departure(
                        exchange.id(),
                        decision.policy().revision(),
                        target.id(),
                        facts.sensitivity(),
                        facts.findings(),
                        facts.details().custom(),
                        masked,
                        again,
                        body));
    }

    private Future<Void> recorded(EgressAudit into, Departure departure) {
        Promise<Void> recorded = Promise.promise();
        long asked = System.nanoTime();
        long timer = vertx.setTimer(RECORDED_WITHIN_MS, late -> {
            if (recorded.tryFail("late")) {
                events.failed(AuditEvents.Cause.LATE);
            }
        });
        into.append(departure).onComplete(done -> {
            vertx.cancelTimer(timer);
            events.waited(System.nanoTime() - asked);
            if (done.succeeded()) {
                recorded.tryComplete();
            } else {
                recorded.tryFail(done.cause());
            }
        });
        return recorded.future();
    }
}
