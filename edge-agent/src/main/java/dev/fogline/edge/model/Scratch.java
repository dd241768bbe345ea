package dev.fogline.edge.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for the steps of one pull, beside what it is to become, so that the last step is a rename. Its name starts
 * with a dot, so that nobody takes it for a result, and is fixed: what a killed process left is removed by the next.
 * Only the holder of the thing's {@link PullLock} may open it.
 */
record Scratch(Path folder, Interruption.Scope scope) implements AutoCloseable {

    static Scratch open(Path folder, Environment environment) throws IOException {
        Folders.delete(folder);
        Interruption.Scope scope = environment.interruption().during(() -> remove(folder));
        Files.createDirectories(folder);
        return new Scratch(folder, scope);
    }

    /**
     * Also called by the thread that ends the process, while the pull's own is in here: the second waits for the first,
     * else the process would be gone in the middle of it.
     */
    private static synchronized void remove(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // The next pull tries again.
        }
    }

    @Override
    public void close() {
        remove(folder);
        scope.close();
    }
}
