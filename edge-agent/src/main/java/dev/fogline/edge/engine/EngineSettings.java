package dev.fogline.edge.engine;

import java.nio.file.Path;

/**
 * How a supervised engine is to run.
 *
 * @param model the public name; the engine answers with it, so that no answer shows a file path
 * @param file the .gguf file
 * @param slots requests at the same time
 * @param context tokens per slot
 * @param threads for the computation
 * @param cacheRamMib bound of the engine's prompt cache in MiB (llama-server's own default is 8,192)
 */
public record EngineSettings(String model, Path file, int slots, int context, int threads, int cacheRamMib) {

    /**
     * All cores but one. The engine's threads wait for each other by spinning, so one that has to share its core holds
     * up all: on two cores under load, two threads fell from 100 tokens/s to 2, one thread from 67 to 41.
     */
    public static int usualThreads(int cores) {
        return Math.max(1, cores - 1);
    }
}
