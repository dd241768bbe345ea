package dev.fogline.edge.engine;

import java.util.List;
import java.util.Map;

/**
 * One start of a child. Secrets are in the environment, which only this user can read, and never in the command,
 * which everybody on the machine can. The command ends when its standard input does.
 *
 * @param environment added to the few variables that a child inherits
 * @param port where it will listen; 0 when it says so itself with a {@code READY} line
 */
record Launch(List<String> command, Map<String, String> environment, int port) {

    /** Without the environment: it holds the key. */
    @Override
    public String toString() {
        return command.getFirst();
    }
}
