package dev.fogline.edge.engine;

/** The model servers that the agent knows how to ask. */
public enum EngineKind {
    LLAMA_SERVER("llama-server", false),
    XLLAMACPP("xllamacpp", false),
    OLLAMA("ollama", true),
    VLLM("vllm", false),
    LM_STUDIO("lm-studio", true),
    /** Anything else that speaks OpenAI's API. */
    OPENAI("openai", true);

    private final String label;
    private final boolean truncatesSilently;

    EngineKind(String label, boolean truncatesSilently) {
        this.label = label;
        this.truncatesSilently = truncatesSilently;
    }

    public String label() {
        return label;
    }

    /** Whether a prompt longer than the context may be cut without an error: then its length has to be judged before. */
    public boolean truncatesSilently() {
        return truncatesSilently;
    }

    /**
     * llama.cpp looks whether the caller of a whole answer is still there only when it had no result of any task for a
     * second, so never while it works for others as well; the caller of a stream it misses at the next token.
     */
    public boolean noticesLeavingOnlyInStreams() {
        return this == LLAMA_SERVER || this == XLLAMACPP;
    }
}
