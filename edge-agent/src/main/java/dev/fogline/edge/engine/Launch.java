package dev.fogline.edge.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One start of a child. Secrets are in the environment or the first line, never in the command: every user of the
 * machine can read a command line.
 *
 * @param environment added to the few variables that a child inherits
 * @param firstLine written to its standard input, which then stays open; null for none
 * @param port where it will listen; 0 when it says so itself with a {@code READY} line
 */
record Launch(
        List<String> command,
        Map<String, String> environment,
        @Nullable String firstLine,
        int port) {

    /** Without environment and first line: they hold the key. */
    @Override
    public String toString() {
        return command.getFirst();
    }
}
