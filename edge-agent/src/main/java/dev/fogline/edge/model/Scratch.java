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

    private static void remove(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // The next pull tries again.
        }
    }

    @Override
    public void close() {
        scope.close();
        remove(folder);
    }
}
