package dev.fogline.gateway;

import dev.fogline.gateway.api.ChatRequest;
import dev.fogline.gateway.api.Masked;
import dev.fogline.gateway.api.Masker;
import dev.fogline.gateway.upstream.UpstreamException;
import dev.fogline.gateway.upstream.UpstreamFailure;
import dev.fogline.policies.Decision.Route;
import dev.fogline.policies.Egress;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** What a request becomes before it leaves; made when a cloud target is tried, once for all of them. */
class Masking {
    /** A smaller body takes an event loop about as long as reading it did. */
    private static final int ON_THE_EVENT_LOOP = 16 * 1024;

    private final Vertx vertx;
    private final Executor pool;

    /** @param pool bounded: it throws {@link RejectedExecutionException} when it is full */
    Masking(Vertx vertx, Executor pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /** Whether the target may have the request only masked, and there is something to mask. */
    boolean needed(Route route, RequestFacts facts, Target target) {
        if (target.tier() == Tier.EDGE || route.ruling().egress() == Egress.ALLOW) {
            return false;
        }
        if (route.ruling().egress() == Egress.DENY || !facts.masking().whole()) {
            throw new IllegalStateException("a plan holds no target that privacy removed");
        }
        return !facts.masking().kinds().isEmpty();
    }

    /** Fails with {@link UpstreamException} only: what cannot be masked is sent to nobody. */
    Future<Masked> of(ChatExchange exchange, ChatRequest request, Policy policy) {
        Optional<Masked> before = exchange.masked();
        return before.isPresent()
                ? Future.succeededFuture(before.get())
                : make(request, policy)
                        .onSuccess(exchange::masked)
                        .recover(cause -> Future.failedFuture(new UpstreamException(new UpstreamFailure.Unmasked())));
    }

    private Future<Masked> make(ChatRequest request, Policy policy) {
        if (request.body().length <= ON_THE_EVENT_LOOP && !policy.detectors().slow()) {
            return attempted(request, policy);
        }
        // Completed through the context, so that the exchange stays on its event loop.
        var context = vertx.getOrCreateContext();
        Promise<Masked> made = Promise.promise();
        try {
            pool.execute(() -> {
                Future<Masked> done = attempted(request, policy);
                context.runOnContext(back -> done.onComplete(made));
            });
        } catch (RejectedExecutionException full) {
            made.fail(full);
        }
        return made.future();
    }

    /** Errors too: whoever runs out of stack or memory has masked nothing. */
    private static Future<Masked> attempted(ChatRequest request, Policy policy) {
        try {
            return Future.succeededFuture(Masker.mask(request, policy));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return Future.failedFuture(e);
        }
    }
}
