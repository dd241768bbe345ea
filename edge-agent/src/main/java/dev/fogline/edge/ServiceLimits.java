package dev.fogline.edge;

import dev.fogline.edge.engine.EngineKind;
import dev.fogline.edge.engine.Serving;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the operator allows, put together with what the engine can do. Any thread. */
final class ServiceLimits {
    private final OptionalInt context;
    private final int usualContext;
    private final int maxTokens;
    private volatile boolean draining;

    /**
     * @param context tokens per slot as configured; empty to take what the engine tells
     * @param usualContext taken when nobody tells
     * @param maxTokens of an answer whose request sets no bound
     */
    ServiceLimits(OptionalInt context, int usualContext, int maxTokens) {
        this.context = context;
        this.usualContext = usualContext;
        this.maxTokens = maxTokens;
    }

    Capabilities capabilities(EngineKind kind, Serving serving) {
        int tokens = contextOf(serving.context());
        return new Capabilities(
                tokens,
                Math.min(maxTokens, tokens),
                serving.canary().logprobs(),
                serving.images(),
                kind.truncatesSilently());
    }

    /** Before the engine is ready. */
    Capabilities expected() {
        int tokens = context.orElse(usualContext);
        return new Capabilities(tokens, Math.min(maxTokens, tokens), false, false, false);
    }

    private int contextOf(@Nullable Integer told) {
        if (told == null) {
            return context.orElse(usualContext);
        }
        return context.isPresent() ? Math.min(context.getAsInt(), told) : told;
    }

    /** From now on nothing new is taken. */
    void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }
}
