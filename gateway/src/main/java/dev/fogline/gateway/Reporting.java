package dev.fogline.gateway;

import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.audit.AccessLog;
import dev.fogline.gateway.audit.DecisionMemory;
import dev.fogline.gateway.audit.ExchangeRecord;
import dev.fogline.gateway.audit.GatewayMetrics;
import dev.fogline.gateway.audit.TargetMetrics;
import dev.fogline.gateway.upstream.UpstreamFailure;
import dev.fogline.policies.Decision;
import dev.fogline.policies.Egress;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import dev.fogline.policies.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells operators what happens on the way of a request; nothing here changes it. */
final class Reporting {
    private final GatewayMetrics metrics;
    private final DecisionMemory memory;

    Reporting(GatewayMetrics metrics, DecisionMemory memory) {
        this.metrics = metrics;
        this.memory = memory;
    }

    void decided(ChatExchange exchange, RequestFacts facts, FleetSnapshot fleet, Decision decision, boolean lowered) {
        metrics.findings(facts.findings());
        if (decision.ruling().egress() != Egress.ALLOW) {
            metrics.egressDenied(facts.sensitivity());
        }
        if (lowered) {
            metrics.sensitivityLoweringIgnored();
        }
        ExchangeRecord exchangeRecord = new ExchangeRecord(
                exchange.id(),
                Instant.now(),
                facts.pin().describe(),
                facts.sensitivity().name().toLowerCase(Locale.ROOT),
                findings(facts),
                facts.promptTokens(),
                facts.outputTokens(),
                features(facts, fleet),
                facts.stream(),
                decision instanceof Decision.Route route
                        ? route.plan().stream().map(Target::id).toList()
                        : List.of(),
                decision.reason().label(),
                decision.objections().stream()
                        .map(objection -> new ExchangeRecord.RuleAgainst(
                                objection.target(), objection.reason().label(), objection.message()))
                        .toList(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        exchange.decided(exchangeRecord);
        memory.keep(exchangeRecord);
    }

    private static Map<String, Integer> findings(RequestFacts facts) {
        var byKind = new TreeMap<String, Integer>();
        facts.findings().forEach((kind, count) -> byKind.put(kind.id(), count));
        return byKind;
    }

    /** Field names are the client's; only those that some target is known to refuse are words of ours. */
    private static List<String> features(RequestFacts facts, FleetSnapshot fleet) {
        var refusable = new HashSet<String>();
        fleet.candidates()
                .forEach(candidate -> refusable.addAll(candidate.status().refuses()));
        var shown = new TreeSet<>(facts.features());
        shown.retainAll(refusable);
        return List.copyOf(shown);
    }

    void read(long nanos) {
        metrics.decisionPhase("read", nanos);
    }

    void decided(long nanos) {
        metrics.decisionPhase("decide", nanos);
    }

    void sending(ChatExchange exchange, Target target, Sensitivity ofContent) {
        if (exchange.attempts().isEmpty()) {
            metrics.overhead(exchange.age());
        }
        if (target.tier() == Tier.CLOUD) {
            ExchangeRecord decision = exchange.decision();
            metrics.egressAllowed(
                    decision == null
                            ? ofContent
                            : Sensitivity.valueOf(decision.sensitivity().toUpperCase(Locale.ROOT)));
        }
    }

    void failover(Target from, Target to, UpstreamFailure cause) {
        metrics.failover(from.id(), to.id(), cause.result());
    }

    void attemptFailed(
            ChatExchange exchange, Target target, TargetLink link, UpstreamFailure failure, long nanos, boolean cold) {
        if (failure instanceof UpstreamFailure.Late) {
            link.speed().observed().nothingWithin(nanos / 1e6, cold);
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
        reply.answer()
                .usage()
                .ifPresent(usage -> from.link().metrics().usage(reply.answer().model(), usage, Optional.empty()));
        // Without usage the bytes have to do: a token is rarely shorter than two of them.
        settle(exchange, from, reply.answer().usage(), reply.answer().body().length() / 2);
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
            from.link().speed().observed().firstToken((at - from.sentNanos()) / 1e6, from.cold());
        });
        reply.answer().usage().ifPresent((Usage usage) -> {
            target.usage(model, usage, firstToken.map(at -> Duration.ofNanos(now - at)));
            firstToken.ifPresent(
                    at -> from.link().speed().observed().tokens(usage.outputTokens() - 1, (now - at) / 1e6));
        });
        settle(exchange, from, reply.answer().usage(), reply.answer().dataEvents());
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
        ExchangeRecord decision = exchange.decision();
        double totalMs = exchange.totalMs();
        if (decision != null) {
            memory.keep(decision.ended(
                    exchange.reason(),
                    List.copyOf(exchange.attempts()),
                    target == null ? null : tier,
                    target == null ? null : target.id(),
                    outcome,
                    exchange.firstTokenMs(),
                    totalMs,
                    exchange.usage(),
                    exchange.costUsd()));
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
