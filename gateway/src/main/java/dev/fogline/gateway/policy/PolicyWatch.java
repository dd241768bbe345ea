package dev.fogline.gateway.policy;

import dev.fogline.gateway.policy.PolicyFile.Content;
import dev.fogline.policies.file.InvalidFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Follows the policy file while the gateway runs. It is read again and again, and compared as a whole: notifications of the
 * file system miss what Kubernetes does (a ConfigMap changes by a link two directories up), times and sizes miss a rewrite
 * within their grain, and a policy is a few kilobytes.
 *
 * <p>A change counts once the file reads the same twice in a row: half a file may be a good policy, with the last rules
 * missing. A file that cannot be used changes nothing but {@link #failure()}, the metric and the log.
 */
public final class PolicyWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PolicyWatch.class);
    private static final Duration EVERY = Duration.ofMillis(400);

    private final PolicyFile file;
    private final PolicyRevisions revisions;
    private final Runnable failed;
    private final ScheduledExecutorService thread;
    private Content seen;
    private Content acted;
    private volatile Optional<String> failure = Optional.empty();

    /**
     * @param text what the file held when the policy in force was made of it
     * @param failed is told of every change that cannot be used
     */
    public PolicyWatch(PolicyFile file, String text, PolicyRevisions revisions, Runnable failed) {
        this.file = file;
        this.revisions = revisions;
        this.failed = failed;
        this.seen = new Content.Text(text);
        this.acted = seen;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("fogline-policy-file").daemon().factory());
    }

    public PolicyWatch start() {
        var unused =
                thread.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Why the file as it is now is not in force, if it cannot be. */
    public Optional<String> failure() {
        return failure;
    }

    public PolicyFile file() {
        return file;
    }

    /** One look at the file. */
    void look() {
        Content now = file.read();
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(acted)) {
            acted = now;
            failure = apply(now);
            failure.ifPresent(why -> {
                failed.run();
                LOG.errorf(
                        "the policy file changed and is not used, revision %s stays in force: %s",
                        revisions.current().id(), why);
            });
        }
    }

    private Optional<String> apply(Content content) {
        return switch (content) {
            case Content.Unreadable unreadable -> Optional.of(unreadable.sentence());
            case Content.Text text -> {
                String name = file.path().toString();
                try {
                    revisions.follow(file, text.text());
                    yield Optional.empty();
                } catch (InvalidFileException e) {
                    yield Optional.of(String.valueOf(e.getMessage()));
                } catch (RuntimeException | StackOverflowError e) {
                    // Ours, not the file's; but a thread that died of it would follow no later change.
                    yield Optional.of(name + " cannot be read as a policy ("
                            + e.getClass().getName() + ")");
                }
            }
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
