package dev.fogline.edge.engine;

/** A model server beside us. Its status is one immutable snapshot that any thread may take at any time. */
public sealed interface Engine extends AutoCloseable permits AttachedEngine, SupervisedEngine {

    EngineStatus status();

    /** Starts to look for or after the engine, in a thread of its own. */
    void start();

    /** Lets go of the engine; a supervised child has ended when this returns. Blocks up to about three seconds. */
    @Override
    void close();
}
