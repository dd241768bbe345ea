package dev.fogline.edge.standin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the stand-in. */
@Command(name = "stand-in", description = "Plays a cloud with a small local model. It is no cloud model.")
final class StandInOptions {
    @Option(
            names = "--url-file",
            required = true,
            description = "Where to write the base URL, with /v1, once it is ready.")
    @Nullable
    Path urlFile;

    @Option(names = "--model", description = "Name in the cache or path of a .gguf. Default: ${DEFAULT-VALUE}")
    String model = "smollm2-135m";

    @Option(names = "--context", description = "Tokens of prompt and answer. Default: ${DEFAULT-VALUE}")
    int context = 8192;

    @Option(
            names = "--delay-ms",
            description = "Added before each answer, give or take a fifth. Default: ${DEFAULT-VALUE}")
    int delayMs = 120;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    boolean help;
}
