package dev.fogline.edge.engine;

import java.util.Locale;

/** Where an engine is in its life. Only READY serves. */
public enum EngineState {
    STARTING,
    /** A generation has succeeded since the engine came up. */
    READY,
    /** It was ready or has been tried before, is away, and is expected back. */
    RESTARTING,
    /** Given up: nothing happens until an operator acts. */
    FAILED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
