package dev.fogline.gateway;

import dev.fogline.gateway.Deciding.Decided;
import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.ErrorBody;
import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.api.FailureException;
import dev.fogline.gateway.api.Masked;
import dev.fogline.gateway.api.RequestHeaders;
import dev.fogline.gateway.upstream.UpstreamException;
import dev.fogline.gateway.upstream.UpstreamFailure;
import dev.fogline.policies.Decision.Refuse;
import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Reason;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tenant;
import dev.fogline.policies.latency.Temperature;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The way of a chat request, top to bottom. One instance per event loop. */
final class ChatHandler {
    private static final Logger LOG = Logger.getLogger(ChatHandler.class);
    private static final String EVENT_STREAM = "text/event-stream";

    private final Intake intake;
    private final Deciding deciding;
    private final Spending spending;
    private final Masking masking;
    private final Targets targets;
    private final Reporting reporting;

    ChatHandler(
            Intake intake,
            Deciding deciding,
            Spending spending,
            Masking masking,
            Targets targets,
            Reporting reporting) {
        this.spending = spending;
        this.masking = masking;
        this.intake = intake;
        this.deciding = deciding;
        this.targets = targets;
        this.reporting = reporting;
    }

    /** @param tenant whose key the caller sent */
    void handle(HttpServerRequest http, Tenant tenant) {
        ChatExchange exchange = intake.open(http);
        try {
            RequestHeaders headers = RequestHeaders.of(http.headers());
            exchange.limit(headers);
            intake.read(exchange)
                    .compose(read -> decide(exchange, headers, tenant, read))
                    .compose(reply -> relay(exchange, reply))
                    .onComplete(done -> end(
                            exchange, done.failed() ? Optional.of(failure(exchange, done.cause())) : done.result()));
        } catch (FailureException e) {
            end(exchange, Optional.of(e.failure()));
        }
    }

    private Future<TargetReply.From> decide(
            ChatExchange exchange, RequestHeaders headers, Tenant tenant, Intake.Read read) {
        if (exchange.stopped().isPresent()) {
            return failed(exchange.stopped().get());
        }
        return follow(
                exchange, read.request(), deciding.decide(exchange, read.policy(), headers, tenant, read.request()));
    }

    private Future<TargetReply.From> follow(ChatExchange exchange, ChatRequest request, Decided decided) {
        return switch (decided.decision()) {
            case Refuse refuse -> failed(Refusals.of(refuse, spending.untilNextDay(decided.policy())));
            case Route route -> firstThatServes(exchange, request, decided, route, new ArrayList<>());
        };
    }

    /** Tries the plan's targets in order; the plan holds no target that privacy removed, so no fallback can leave it. */
    private Future<TargetReply.From> firstThatServes(
            ChatExchange exchange, ChatRequest request, Decided decided, Route route, List<UpstreamFailure> failures) {
        Target target = route.plan().get(failures.size());
        if (!masking.needed(route, decided.facts(), target)) {
            return attempt(exchange, request, decided, route, failures, Optional.empty());
        }
        return masking.of(exchange, request, decided.policy()).transform(made -> {
            if (exchange.stopped().isPresent()) {
                return failed(exchange.stopped().get());
            }
            if (made.failed()) {
                reporting.maskingFailed(exchange, target);
                failures.add(UpstreamException.of(made.cause()));
                return next(exchange, request, decided, route, failures);
            }
            return attempt(exchange, request, decided, route, failures, Optional.of(made.result()));
        });
    }

    /** @param masked what leaves instead of the request as it came */
    private Future<TargetReply.From> attempt(
            ChatExchange exchange,
            ChatRequest request,
            Decided decided,
            Route route,
            List<UpstreamFailure> failures,
            Optional<Masked> masked) {
        Target target = route.plan().get(failures.size());
        Policy policy = decided.policy();
        RequestFacts facts =
                masked.map(instead -> decided.facts().longer(instead.tokens())).orElse(decided.facts());
        Optional<Spending.Hold> held = spending.hold(policy, facts, target);
        if (held.isEmpty()) {
            return follow(exchange, request, deciding.decideWithoutBudget(exchange, decided));
        }
        Spending.Hold money = held.get();
        TargetLink link = targets.link(target);
        exchange.servedBy(target, (failures.isEmpty() ? route.reason() : Reason.FAILOVER).label());
        reporting.sending(exchange, target, facts.sensitivity(), masked.isPresent());
        Temperature found = link.speed().next();
        link.speed().use();
        long sent = System.nanoTime();
        return targets.attempt(
                        target, exchange, request, masked, policy.boundsOutput(facts) ? policy.maxOutputTokens() : 0)
                .open()
                .map(reply -> new TargetReply.From(target, link, sent, found, money, reply))
                .recover(cause -> {
                    UpstreamFailure failure = UpstreamException.of(cause);
                    failures.add(failure);
                    money.failed(failure);
                    targets.failed(target, failure);
                    reporting.attemptFailed(exchange, target, link, failure, System.nanoTime() - sent, found);
                    return next(exchange, request, decided, route, failures);
                });
    }

    private Future<TargetReply.From> next(
            ChatExchange exchange, ChatRequest request, Decided decided, Route route, List<UpstreamFailure> failures) {
        if (exchange.stopped().isPresent()) {
            return failed(exchange.stopped().get());
        }
        int tried = failures.size();
        if (tried == route.plan().size()) {
            return failed(PlanFailure.of(failures));
        }
        reporting.failover(route.plan().get(tried - 1), route.plan().get(tried), failures.getLast());
        return firstThatServes(exchange, request, decided, route, failures);
    }

    /** Committed: no way back from here. */
    private Future<Optional<Failure>> relay(ChatExchange exchange, TargetReply.From from) {
        HttpServerResponse client = exchange.http().response();
        ResponseHeaders.fogline(client, exchange);
        ResponseHeaders.fromUpstream(client, from.reply().headers());
        return switch (from.reply()) {
            case TargetReply.Whole whole -> {
                reporting.whole(exchange, from, whole);
                yield sendWhole(client, 200, whole.headers(), whole.answer().body());
            }
            case TargetReply.PassedOn passed -> {
                reporting.passedOn(exchange, from);
                client.putHeader("x-should-retry", "false");
                yield sendWhole(client, passed.status(), passed.headers(), passed.body())
                        .map(sent -> Optional.of(new Failure.Http(
                                passed.status(), "invalid_request", "the target found the request invalid")));
            }
            case TargetReply.Streaming streaming -> {
                client.setChunked(true)
                        .putHeader(HttpHeaders.CONTENT_TYPE, EVENT_STREAM)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .putHeader("X-Accel-Buffering", "no");
                yield new StreamRelay(targets.vertx(), exchange, streaming, targets.streams(from.target()))
                        .run()
                        .onSuccess(failure -> reporting.streamed(exchange, from, streaming, failure));
            }
        };
    }

    private static Future<Optional<Failure>> sendWhole(
            HttpServerResponse client, int status, MultiMap upstream, Buffer body) {
        String type = upstream.get(HttpHeaders.CONTENT_TYPE);
        client.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type == null ? "application/json" : type);
        return client.end(body).map(sent -> Optional.empty());
    }

    /** One outcome, one log line, one count. */
    private void end(ChatExchange exchange, Optional<Failure> failure) {
        if (!exchange.end()) {
            return;
        }
        HttpServerResponse client = exchange.http().response();
        failure.filter(why -> !client.headWritten() && !client.closed())
                .ifPresent(why -> sendError(exchange, client, why));
        reporting.ended(exchange, failure);
    }

    private static void sendError(ChatExchange exchange, HttpServerResponse client, Failure failure) {
        ResponseHeaders.fogline(client, exchange);
        ResponseHeaders.failure(client, failure);
        client.setStatusCode(failure.status()).end(ErrorBody.json(failure));
    }

    private static Failure failure(ChatExchange exchange, Throwable cause) {
        if (cause instanceof FailureException known) {
            return known.failure();
        }
        if (exchange.stopped().isPresent()) {
            return exchange.stopped().get();
        }
        if (exchange.http().response().closed()) {
            return new Failure.ClientGone();
        }
        // By class only: exception texts of parsers quote what they parsed.
        LOG.errorf(
                "exchange %s failed inside: %s", exchange.id(), cause.getClass().getName());
        return new Failure.Internal();
    }

    private static <T> Future<T> failed(Failure failure) {
        return Future.failedFuture(new FailureException(failure));
    }
}
