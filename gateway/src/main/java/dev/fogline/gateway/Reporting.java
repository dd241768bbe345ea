package dev.fogline.gateway;

import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.Restoring;
import dev.fogline.gateway.audit.AccessLog;
import dev.fogline.gateway.audit.DecisionMemory;
import dev.fogline.gateway.audit.DecisionTrace;
import dev.fogline.gateway.audit.GatewayMetrics;
import dev.fogline.gateway.audit.TargetMetrics;
import dev.fogline.gateway.upstream.UpstreamFailure;
import dev.fogline.policies.Decision;
import dev.fogline.policies.Egress;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import dev.fogline.policies.Usage;
import dev.fogline.policies.latency.Temperature;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells operators what happens on the way of a request; nothing here changes it. */
final class Reporting {
    private final GatewayMetrics metrics;
    private final DecisionMemory memory;
    private final Consumer<DecisionTrace> log;

    /** @param log is handed every exchange that was decided about, once it has ended; it must not block */
    Reporting(GatewayMetrics metrics, DecisionMemory memory, Consumer<DecisionTrace> log) {
        this.log = log;
        this.metrics = metrics;
        this.memory = memory;
    }

    /** @param again the exchange was decided about before: its findings have been counted */
    void decided(ChatExchange exchange, Policy policy, DecisionTrace.Inputs inputs, Decision decision, boolean again) {
        RequestFacts facts = inputs.facts();
        if (!again) {
            metrics.findings(facts.findings());
            metrics.subjects(facts.details().subjects());
            decision.ruling().failed().forEach(metrics::ruleFailed);
            if (decision.ruling().egress() == Egress.DENY
                    || (decision.ruling().egress() == Egress.PSEUDONYMISE
                            && !facts.masking().whole())) {
                metrics.egressDenied(facts.sensitivity());
            }
        }
        var trace = new DecisionTrace(exchange.id(), System.currentTimeMillis(), policy, inputs, decision);
        exchange.decided(trace, decision.reason().label());
        memory.keep(trace);
    }

    /** The caller's header asked for less privacy than the content has. */
    void loweringIgnored() {
        metrics.sensitivityLoweringIgnored();
    }

    void read(long nanos) {
        metrics.read(nanos);
    }

    void decided(long nanos) {
        metrics.decided(nanos);
    }

    /** @param masked its findings leave as placeholders */
    void sending(ChatExchange exchange, Target target, Sensitivity sensitivity, boolean masked) {
        if (exchange.attempts().isEmpty()) {
            metrics.overhead(exchange.age());
        }
        if (target.tier() == Tier.CLOUD) {
            if (masked) {
                metrics.egressPseudonymised(sensitivity);
            } else {
                metrics.egressAllowed(sensitivity);
            }
        }
    }

    /** A target was passed over, because what must not reach it could not be taken out of the request. */
    void maskingFailed(ChatExchange exchange, Target target) {
        metrics.maskingFailed(target);
        exchange.attempted(target, new UpstreamFailure.Unmasked().result(), 0);
    }

    /** What was put back into an answer. */
    static void restored(TargetMetrics target, Restoring restoring) {
        target.restored(restoring.restored(), restoring.unresolved(), restoring.logprobsRemoved());
    }

    void failover(Target from, Target to, UpstreamFailure cause) {
        metrics.failover(from.id(), to.id(), cause.result());
    }

    void attemptFailed(
            ChatExchange exchange,
            Target target,
            TargetLink link,
            UpstreamFailure failure,
            long nanos,
            Temperature found) {
        if (failure instanceof UpstreamFailure.Late) {
            link.speed().observed().nothingWithin(nanos / 1e6, found);
        }
        if (failure instanceof UpstreamFailure.Full) {
            metrics.shed("concurrency");
        }
        exchange.attempted(target, failure.result(), nanos);
        link.metrics().attempt(failure.result());
        link.metrics().duration("", failure.result(), nanos);
    }

    void whole(ChatExchange exchange, TargetReply.From from, TargetReply.Whole reply) {
        long nanos = System.nanoTime() - from.sentNanos();
        attemptEnded(exchange, from, reply.answer().model(), "success", nanos);
        Optional<Usage> said = reply.answer().usage().filter(Usage::said);
        said.ifPresent(usage -> from.link().metrics().usage(reply.answer().model(), usage, Optional.empty()));
        // Without usage the bytes have to do: a token is rarely shorter than two of them.
        settle(exchange, from, said, reply.answer().body().length() / 2);
    }

    void passedOn(ChatExchange exchange, TargetReply.From from) {
        attemptEnded(exchange, from, "", "4xx", System.nanoTime() - from.sentNanos());
        from.money().failed(new UpstreamFailure.BadStatus(400));
    }

    void streamed(
            ChatExchange exchange, TargetReply.From from, TargetReply.Streaming reply, Optional<Failure> failure) {
        TargetMetrics target = from.link().metrics();
        String model = reply.answer().model();
        long now = System.nanoTime();
        attemptEnded(
                exchange,
                from,
                model,
                failure.map(why -> why instanceof Failure.ClientGone || why instanceof Failure.Deadline
                                ? "cancelled"
                                : "reset")
                        .orElse("success"),
                now - from.sentNanos());
        Optional<Long> firstToken = exchange.firstTokenAt();
        firstToken.ifPresent(at -> {
            target.firstToken(model, at - from.sentNanos());
            from.link().speed().observed().firstToken((at - from.sentNanos()) / 1e6, from.found());
        });
        Optional<Usage> said = reply.answer().usage().filter(Usage::said);
        said.ifPresent(usage -> {
            target.usage(model, usage, firstToken.map(at -> Duration.ofNanos(now - at)));
            firstToken.ifPresent(
                    at -> from.link().speed().observed().tokens(usage.outputTokens() - 1, (now - at) / 1e6));
        });
        reply.answer().restoring().ifPresent(restoring -> restored(target, restoring));
        settle(exchange, from, said, reply.answer().dataEvents());
    }

    private static void settle(ChatExchange exchange, TargetReply.From from, Optional<Usage> usage, long tokensSeen) {
        usage.ifPresent(exchange::used);
        var cost = usage.isPresent()
                ? from.money().used(usage.get())
                : from.money().cut(tokensSeen);
        cost.ifPresent(exchange::cost);
    }

    private static void attemptEnded(
            ChatExchange exchange, TargetReply.From from, String model, String result, long nanos) {
        exchange.attempted(from.target(), result, nanos);
        from.link().metrics().attempt(result);
        from.link().metrics().duration(model, result.equals("success") ? "" : result, nanos);
    }

    void ended(ChatExchange exchange, Optional<Failure> failure) {
        String outcome = failure.map(Failure::outcome).orElse("success");
        if (failure.orElse(null) instanceof Failure.Shed shed) {
            metrics.shed(shed.cause());
        }
        Target target = exchange.servedBy();
        String tier = target == null ? "none" : target.tier().label();
        metrics.request(tier, target == null ? "" : target.id(), exchange.reason(), outcome);
        DecisionTrace trace = exchange.decision();
        double totalMs = exchange.totalMs();
        if (trace != null) {
            trace.ended(new DecisionTrace.End(
                    exchange.reason(),
                    exchange.attempts(),
                    target,
                    outcome,
                    exchange.firstTokenMs(),
                    totalMs,
                    exchange.usage(),
                    exchange.costUsd()));
            log.accept(trace);
        }
        AccessLog.write(
                exchange.id(),
                failure.map(Failure::status).orElse(200),
                outcome,
                exchange.reason(),
                target == null ? null : target.id(),
                totalMs,
                exchange.firstTokenMs(),
                exchange.requestBytes(),
                exchange.stream());
    }
}
