package dev.fogline.edge.model;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;

/** What to undo when the process is told to end while it works: children to stop, scratch folders to remove. */
final class Interruption {
    private final Deque<Runnable> undo = new ConcurrentLinkedDeque<>();

    private volatile boolean struck;

    /** Undone on an interruption until closed. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Once the process is ending nothing new may begin, and the caller stays here until it has ended. */
    Scope during(Runnable action) {
        undo.push(action);
        while (struck) {
            LockSupport.park(this);
        }
        return () -> undo.remove(action);
    }

    /** Newest first: a child is stopped before the folder it writes to is removed. */
    void strike() {
        struck = true;
        for (Runnable action = undo.poll(); action != null; action = undo.poll()) {
            action.run();
        }
    }
}
