package dev.fogline.gateway.audit;

import dev.fogline.policies.Policy;
import dev.fogline.policies.replay.DecisionLineWriter;
import dev.fogline.policies.replay.PolicyWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Every decision as a line of a file, written beside the event loops. Whoever has decided hands over what is there anyway;
 * one thread puts it into words. What comes faster than it can be written is dropped and counted: a log never holds up a
 * request.
 */
public final class DecisionLog implements AutoCloseable {
    /** Decisions that may wait to be written. */
    static final int WAITING = 8_192;

    /**
     * The writer looks by itself: waking it for each decision would cost its caller more than handing over. Under load it
     * looks often: where there is one core, an event loop waits for all that is written in one go.
     */
    private static final long IDLE_MS = 50;

    private static final long BUSY_MS = 1;

    private static final long LAST_WORDS_SECONDS = 5;

    private final ArrayBlockingQueue<DecisionTrace> waiting = new ArrayBlockingQueue<>(WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final RotatedFile file;
    private final DecisionLineWriter lines = new DecisionLineWriter();
    private final Predicate<String> loggable;
    private String last = "";
    private PolicyWords words = new PolicyWords(Set.of(), Set.of(), List.of(), "", List.of());
    private final Runnable dropped;
    private final Thread writer;

    /**
     * @param loggable whether a word is the operator's at present: the name of a model, a feature that some target refuses
     * @param dropped is told of each decision that found the queue full
     * @param failed is told of each write that failed
     */
    public DecisionLog(Path path, Predicate<String> loggable, Runnable dropped, Runnable failed) {
        this.file = new RotatedFile(path, failed);
        this.loggable = loggable;
        this.dropped = dropped;
        this.writer = Thread.ofPlatform().name("fogline-decision-log").daemon().unstarted(this::run);
    }

    public DecisionLog start() {
        writer.start();
        return this;
    }

    /** Never blocks and never fails. */
    public void offer(DecisionTrace ended) {
        if (!waiting.offer(ended)) {
            dropped.run();
        }
    }

    private void run() {
        try {
            boolean busy = false;
            while (!closed.await(busy ? BUSY_MS : IDLE_MS, TimeUnit.MILLISECONDS)) {
                busy = write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write();
        file.close();
    }

    private PolicyWords words(Policy policy) {
        if (!policy.revision().equals(last)) {
            last = policy.revision();
            words = PolicyWords.of(policy);
        }
        return words;
    }

    /**
     * Writes all that waits.
     *
     * @return whether anything did
     */
    boolean write() {
        List<DecisionTrace> batch = new ArrayList<>();
        waiting.drainTo(batch);
        if (!batch.isEmpty()) {
            batch.forEach(trace -> file.line(lines.write(trace.logged(words(trace.policy()), loggable))));
            file.flush();
        }
        return !batch.isEmpty();
    }

    /** What waits is written first. */
    @Override
    public void close() {
        closed.countDown();
        try {
            writer.join(LAST_WORDS_SECONDS * 1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
