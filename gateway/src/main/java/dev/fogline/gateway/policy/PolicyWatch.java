package dev.fogline.gateway.policy;

import dev.fogline.gateway.policy.PolicyFile.Content;
import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyLibrary;
import dev.fogline.policies.file.InvalidFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
 * missing. A file that cannot be used changes nothing but {@link #failure()}, the metric and the log. The files that it
 * extends are followed in the same way; which they are, the last attempt to read it has shown.
 */
public final class PolicyWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PolicyWatch.class);
    private static final Duration EVERY = Duration.ofMillis(400);

    private final PolicyFile file;
    private final PolicyRevisions revisions;
    private final Runnable failed;
    private final ScheduledExecutorService thread;
    private Map<Path, Content> seen;
    private Map<Path, Content> acted;
    private volatile Optional<String> failure = Optional.empty();

    /**
     * @param text what the file held when the policy in force was made of it
     * @param failed is told of every change that cannot be used
     */
    public PolicyWatch(PolicyFile file, String text, PolicyRevisions revisions, Runnable failed) {
        this.file = file;
        this.revisions = revisions;
        this.failed = failed;
        this.acted = extended(text);
        this.seen = acted;
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
        var now = new HashMap<Path, Content>();
        seen.keySet().forEach(path -> now.put(path, new PolicyFile(path).read()));
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(acted)) {
            // What it extends now has to settle too, and what it does not extend any more is of no interest.
            seen = read(now);
            if (!seen.equals(now)) {
                return;
            }
            acted = now;
            failure = apply(content(now), library(now, new HashMap<>()));
            failure.ifPresent(why -> {
                failed.run();
                LOG.errorf(
                        "the policy file changed and is not used, revision %s stays in force: %s",
                        revisions.current().id(), why);
            });
        }
    }

    /** What the policy in force was made of, if it was made of what the files hold by now. */
    private Map<Path, Content> extended(String text) {
        var read = new HashMap<Path, Content>(Map.of(file.path(), new Content.Text(text)));
        try {
            Policy policy = revisions.compile(file, text, library(Map.of(), read));
            if (policy.revision().equals(revisions.current().id())) {
                return read;
            }
        } catch (InvalidFileException e) {
            LOG.debugf("a file that the policy extends changed while the gateway started: %s", e.getMessage());
        }
        return Map.of(file.path(), new Content.Unreadable("not read yet"));
    }

    /** Reads a file once, unless it has been read, and keeps what it held. */
    private static PolicyLibrary library(Map<Path, Content> known, Map<Path, Content> read) {
        return PolicyLibrary.packsAnd(path -> read.computeIfAbsent(path, added -> {
                    Content content = known.get(added);
                    return content == null ? new PolicyFile(added).read() : content;
                })
                .text());
    }

    private Content content(Map<Path, Content> found) {
        return Objects.requireNonNull(found.get(file.path()), "the policy file is always read");
    }

    /** The policy file and those that it extends, as they were found, or as they are now if nobody has looked at them yet. */
    private Map<Path, Content> read(Map<Path, Content> found) {
        Content main = content(found);
        var read = new HashMap<Path, Content>(Map.of(file.path(), main));
        if (main instanceof Content.Text(String text)) {
            try {
                revisions.compile(file, text, library(found, read));
            } catch (RuntimeException | StackOverflowError e) {
                LOG.debugf("told once it is applied: %s", e.getClass().getSimpleName());
            }
        }
        return read;
    }

    private Optional<String> apply(Content content, PolicyLibrary library) {
        return switch (content) {
            case Content.Unreadable unreadable -> Optional.of(unreadable.sentence());
            case Content.Text text -> {
                String name = file.path().toString();
                try {
                    revisions.follow(file, text.text(), library);
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
