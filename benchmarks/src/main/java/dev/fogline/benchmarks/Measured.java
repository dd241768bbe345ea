package dev.fogline.benchmarks;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which gateway is looked at, and on what. */
final class Measured {
    @Option(
            names = "--prompt",
            paramLabel = "PROMPT",
            defaultValue = "ORDINARY",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Prompt prompt = Prompt.ORDINARY;

    @Option(names = "--detectors-off", description = "A policy that has nothing looked for in texts.")
    private boolean detectorsOff;

    Prompt prompt() {
        return prompt;
    }

    Server server(Path root) {
        return detectorsOff ? Servers.foglineWithoutDetectors(root) : Servers.fogline(root);
    }
}
