package dev.fogline.edge.model;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What to undo when the process is told to end while it works: children to stop, scratch folders to remove. */
final class Interruption {
    private final Deque<Runnable> undo = new ConcurrentLinkedDeque<>();

    /** Undone on an interruption until closed. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    Scope during(Runnable action) {
        undo.push(action);
        return () -> undo.remove(action);
    }

    /** Newest first: a child is stopped before the folder it writes to is removed. */
    void strike() {
        for (Runnable action = undo.poll(); action != null; action = undo.poll()) {
            action.run();
        }
    }
}
