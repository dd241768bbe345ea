package dev.fogline.edge.engine;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the engine at one instant.
 *
 * @param detail version or build as the engine tells it, empty when unknown
 * @param model the public name of the model; null until an attached engine has told what it offers
 * @param serving how to call it; null unless it is ready
 * @param memoryBytes RssAnon and swap of a supervised child, the figure that shows a growing prompt cache; else null
 * @param lastError a phrase out of a fixed list, never engine output
 */
public record EngineStatus(
        EngineState state,
        EngineKind kind,
        boolean supervised,
        String detail,
        @Nullable String model,
        @Nullable Serving serving,
        @Nullable Long memoryBytes,
        int restarts,
        @Nullable String lastError) {

    static EngineStatus starting(EngineKind kind, boolean supervised, @Nullable String model) {
        return new EngineStatus(EngineState.STARTING, kind, supervised, "", model, null, null, 0, null);
    }

    EngineStatus named(String model) {
        return new EngineStatus(state, kind, supervised, detail, model, serving, memoryBytes, restarts, lastError);
    }

    EngineStatus identified(EngineKind kind, String detail) {
        return new EngineStatus(state, kind, supervised, detail, model, serving, memoryBytes, restarts, lastError);
    }

    EngineStatus ready(Serving serving) {
        return new EngineStatus(
                EngineState.READY,
                kind,
                supervised,
                detail,
                serving.endpoint().model(),
                serving,
                memoryBytes,
                restarts,
                lastError);
    }

    EngineStatus restarting(String error) {
        return new EngineStatus(
                EngineState.RESTARTING, kind, supervised, detail, model, null, null, restarts + 1, error);
    }

    /** Not ready yet and never was: the reason is noted, the state stays. */
    EngineStatus waiting(String error) {
        return new EngineStatus(state, kind, supervised, detail, model, null, null, restarts, error);
    }

    EngineStatus failed(String error) {
        return new EngineStatus(EngineState.FAILED, kind, supervised, detail, model, null, null, restarts, error);
    }

    EngineStatus memory(@Nullable Long bytes) {
        return new EngineStatus(state, kind, supervised, detail, model, serving, bytes, restarts, lastError);
    }
}
