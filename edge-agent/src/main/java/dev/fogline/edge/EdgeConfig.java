package dev.fogline.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What an operator may set, as {@code FOGLINE_AGENT_*}. */
@ConfigMapping(prefix = "fogline.agent")
public interface EdgeConfig {

    /** Port for inference and status, on loopback. */
    @WithDefault("8081")
    int port();

    /** Port for metrics and health, on 127.0.0.1. */
    @WithDefault("9001")
    int operatorPort();

    /** Address of a running model server to attach to; without it the agent runs one itself. */
    Optional<URI> engine();

    /**
     * The model: its name in the cache or the path of a .gguf file (default {@code smollm2-135m}); when attached, its
     * name at that server (default: the first that the server offers and runs itself).
     */
    Optional<String> model();

    /** Requests that the engine works on at the same time; an attached engine that has fewer lowers it. */
    @WithDefault("2")
    int slots();

    /**
     * Tokens per slot, prompt and answer together. Default 2,048; when attached, what the engine tells, and a smaller
     * value set here lowers it.
     */
    OptionalInt context();

    /** Requests that may wait for a slot; one more is answered with 429. */
    @WithDefault("16")
    int queue();

    /** Bound of an answer in tokens when the request sets none. No answer is longer than the slot's context. */
    @WithDefault("1024")
    int maxTokens();

    /** Threads of a supervised engine; default: all cores but one. */
    OptionalInt threads();

    /** Bound of a supervised engine's prompt cache, in MiB. */
    @WithDefault("256")
    int cacheRamMib();

    /** The longest silence of an engine, while it starts and inside an answer, before it counts as hung. */
    @WithDefault("300s")
    Duration stall();
}
