package dev.fogline.gateway;

import dev.fogline.gateway.api.BodyEdit;
import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.Masked;
import dev.fogline.gateway.api.Restoring;
import dev.fogline.gateway.api.StreamedAnswer;
import dev.fogline.gateway.api.Waits;
import dev.fogline.gateway.api.WholeAnswer;
import dev.fogline.gateway.config.TargetConfig;
import dev.fogline.gateway.config.TargetConfig.UsageHabit;
import dev.fogline.gateway.upstream.Clearance;
import dev.fogline.gateway.upstream.Upstream;
import dev.fogline.gateway.upstream.UpstreamCall;
import dev.fogline.gateway.upstream.UpstreamException;
import dev.fogline.gateway.upstream.UpstreamFailure;
import dev.fogline.policies.Tier;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * One try at one target, up to the point of no return: the first event of a stream, or the whole of another answer. Until
 * then nothing has been sent to the client, so every failure can still be made good by the next target.
 */
final class Attempt {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized("text/event-stream");
    private static final CharSequence FOGLINE = HttpHeaders.createOptimized("fogline");
    private static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("Idempotency-Key");
    private static final int MAX_ANSWER = 32 * 1024 * 1024;
    private static final int MAX_REFUSAL = 1024 * 1024;

    private final Context context;
    private final TargetLink link;
    private final Upstream upstream;
    private final Waits patience;
    private final ChatExchange exchange;
    private final ChatRequest request;
    private final Optional<Masked> masked;
    private final CharSequence via;
    private final CallerIds callerIds;
    private final EgressGate gate;
    private final int boundOutput;

    /** @param patience how long the target may take until there is no way back */
    Attempt(
            Vertx vertx,
            TargetLink link,
            Upstream upstream,
            Waits patience,
            ChatExchange exchange,
            ChatRequest request,
            Optional<Masked> masked,
            CharSequence via,
            CallerIds callerIds,
            EgressGate gate,
            int boundOutput) {
        this.boundOutput = boundOutput;
        this.gate = gate;
        this.callerIds = callerIds;
        this.via = via;
        this.patience = patience;
        this.context = vertx.getOrCreateContext();
        this.link = link;
        this.upstream = upstream;
        this.exchange = exchange;
        this.request = request;
        this.masked = masked;
    }

    /** Fails with {@link UpstreamException} only. */
    Future<TargetReply> open() {
        var permit = link.limit().take();
        if (permit.isEmpty()) {
            return Future.failedFuture(new UpstreamException(new UpstreamFailure.Full()));
        }
        return link.breaker()
                .call(this::call, context)
                .recover(cause -> Future.failedFuture(new UpstreamException(failure(cause))))
                .onSuccess(reply -> exchange.atEnd(permit.get()::end))
                .onFailure(cause -> permit.get().end());
    }

    private static UpstreamFailure failure(Throwable cause) {
        return cause instanceof CircuitBreakerOpenException
                ? new UpstreamFailure.Refused("its circuit is open", false, false)
                : UpstreamException.of(cause);
    }

    private Future<TargetReply> call() {
        boolean leaves = link.config().target().tier() == Tier.CLOUD;
        if (leaves && gate.shut()) {
            return Future.failedFuture(new UpstreamException(new UpstreamFailure.Unaudited()));
        }
        Buffer body = body();
        UpstreamCall call = upstream.post(
                "/chat/completions",
                this::headers,
                body,
                leaves ? gate.of(exchange, link.config().target(), masked.isPresent(), body) : Clearance.NOT_NEEDED);
        exchange.running(() -> call.stop(new UpstreamFailure.Cancelled()));
        Waits.Wait wait = patience.begin(
                () -> call.stop(new UpstreamFailure.Late(request.stream() ? "first event" : "whole answer")));
        return call.response().compose(head -> reply(call, head)).onComplete(done -> {
            wait.end();
            if (call.repeated()) {
                link.metrics().repeated();
            }
        });
    }

    private void headers(MultiMap headers) {
        // Each is there once: setting would look for another one first.
        headers.add(HttpHeaders.CONTENT_TYPE, JSON)
                .add(HttpHeaders.ACCEPT, request.stream() ? EVENT_STREAM : JSON)
                .add(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY)
                .add(HttpHeaders.USER_AGENT, FOGLINE)
                .add(HttpHeaderNames.VIA, via);
        String idempotencyKey = exchange.http().getHeader(IDEMPOTENCY_KEY);
        if (idempotencyKey != null) {
            headers.add(
                    IDEMPOTENCY_KEY,
                    link.config().target().tier() == Tier.CLOUD
                            ? callerIds.idempotencyKey(idempotencyKey)
                            : idempotencyKey);
        }
        // A caller's trace is its own affair: beyond the site it would tie requests together.
        String trace = exchange.http().getHeader("traceparent");
        if (trace != null && link.config().target().tier() == Tier.EDGE) {
            headers.add("traceparent", trace);
        }
        link.config().key().ifPresent(key -> headers.add(HttpHeaders.AUTHORIZATION, "Bearer " + key.value()));
    }

    private Buffer body() {
        TargetConfig config = link.config();
        BodyEdit edit = new BodyEdit(request).model(config.target().model());
        config.drop().forEach(edit::drop);
        config.maxTokensField()
                .ifPresent(
                        name -> edit.rename(name.equals("max_tokens") ? "max_completion_tokens" : "max_tokens", name));
        if (config.target().tier() == Tier.CLOUD) {
            callerIds.replaceIn(edit);
            masked.ifPresent(instead -> instead.in(edit));
        }
        if (boundOutput > 0 && config.target().tier() == Tier.CLOUD) {
            edit.boundOutput(config.maxTokensField().orElse("max_tokens"), boundOutput);
        }
        if (config.usage() != UsageHabit.ASK) {
            edit.drop("stream_options");
        } else if (request.stream()) {
            edit.askForUsage();
        }
        return edit.apply();
    }

    private Future<TargetReply> reply(UpstreamCall call, HttpClientResponse head) {
        int status = head.statusCode();
        if (status == 200) {
            String type =
                    String.valueOf(head.getHeader(HttpHeaders.CONTENT_TYPE)).toLowerCase(Locale.ROOT);
            if (!type.startsWith(request.stream() ? "text/event-stream" : "application/json")) {
                return fail(call, new UpstreamFailure.Foreign("not what was asked for"));
            }
            return request.stream() ? firstEvent(call, head) : wholeAnswer(call, head);
        }
        return switch (status) {
            case 400, 413, 422 ->
                call.whole(head, MAX_REFUSAL).map(body -> new TargetReply.PassedOn(status, head.headers(), body));
            case 401, 402, 403, 404 -> fail(call, new UpstreamFailure.Rejected(status));
            case 429 -> fail(call, new UpstreamFailure.RateLimited(retryAfter(head)));
            case 503 -> fail(call, new UpstreamFailure.Refused("it answered 503", true, true));
            default -> fail(call, new UpstreamFailure.BadStatus(status));
        };
    }

    private Future<TargetReply> firstEvent(UpstreamCall call, HttpClientResponse head) {
        Promise<TargetReply> committed = Promise.promise();
        var answer = new StreamedAnswer(request.includeUsage(), restoring().orElse(null));
        head.handler(chunk -> {
            answer.accept(chunk);
            switch (answer.state()) {
                case WAITING -> {}
                case COMMITTED, DONE -> {
                    head.pause();
                    committed.tryComplete(new TargetReply.Streaming(head, call, answer));
                }
                case BROKEN -> {
                    var failure = new UpstreamFailure.Foreign("a stream that is no chat answer");
                    call.stop(failure);
                    committed.tryFail(new UpstreamException(failure));
                }
            }
        });
        head.endHandler(end -> {
            if (answer.end()) {
                committed.tryComplete(new TargetReply.Streaming(head, call, answer));
            } else {
                committed.tryFail(new UpstreamException(new UpstreamFailure.Foreign("a stream without an answer")));
            }
        });
        head.exceptionHandler(cause -> committed.tryFail(new UpstreamException(call.failure(cause))));
        head.resume();
        return committed.future();
    }

    private Future<TargetReply> wholeAnswer(UpstreamCall call, HttpClientResponse head) {
        return call.whole(head, MAX_ANSWER)
                .compose(body -> WholeAnswer.read(body)
                        .map(answer -> Future.<TargetReply>succeededFuture(
                                new TargetReply.Whole(head.headers(), restored(answer))))
                        .orElseGet(() -> Future.failedFuture(
                                new UpstreamException(new UpstreamFailure.Foreign("JSON that is no chat answer")))));
    }

    private Optional<Restoring> restoring() {
        return masked.filter(Masked::restores)
                .map(instead -> new Restoring(
                        instead.placeholders(),
                        request.features().contains("response_format"),
                        System::nanoTime,
                        link.metrics()::heldBack));
    }

    /** The last thing that happens to an answer. */
    private WholeAnswer restored(WholeAnswer answer) {
        Optional<Restoring> restoring = restoring();
        if (restoring.isEmpty()) {
            return answer;
        }
        byte[] body = restoring.get().whole(answer.body().getBytes());
        Reporting.restored(link.metrics(), restoring.get());
        return new WholeAnswer(Buffer.buffer(body), answer.usage(), answer.model());
    }

    /** Nobody wants the rest of this answer. */
    private static Future<TargetReply> fail(UpstreamCall call, UpstreamFailure failure) {
        call.stop(failure);
        return Future.failedFuture(new UpstreamException(failure));
    }

    private static OptionalInt retryAfter(HttpClientResponse head) {
        String value = head.getHeader(HttpHeaders.RETRY_AFTER);
        try {
            return value == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(Math.clamp(Long.parseLong(value.strip()), 0, 3600));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
