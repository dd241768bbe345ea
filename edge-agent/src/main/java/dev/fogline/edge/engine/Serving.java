package dev.fogline.edge.engine;

import org.jspecify.annotations.Nullable;

/**
 * A ready engine: where it is and what it can do.
 *
 * @param context tokens of one slot, prompt and answer together; null when the engine does not tell
 * @param slots requests that it works on at the same time; null when it does not tell
 * @param images whether it takes pictures
 * @param canary what the first generation showed
 */
public record Serving(
        Endpoint endpoint,
        @Nullable Integer context,
        @Nullable Integer slots,
        boolean images,
        Canary.Sight canary) {}
