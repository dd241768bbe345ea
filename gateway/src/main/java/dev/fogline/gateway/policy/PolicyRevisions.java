package dev.fogline.gateway.policy;

import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyLibrary;
import dev.fogline.policies.file.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The policy in force and the last ones before it. Reading costs one volatile read; an exchange takes the policy once and
 * keeps it, so a change never meets a request halfway. Whoever changes it does so one at a time.
 */
public final class PolicyRevisions implements Supplier<Policy> {
    /** How many revisions can be listed and rolled back to, the one in force among them. */
    public static final int KEPT = 16;

    private static final String PUT = "put";
    private static final String ROLLBACK = "rollback";

    private final Optional<PolicyFile> file;
    private final Compiler compiler;
    private final InstantSource clock;
    private final Consumer<Revision> inForce;
    private final List<Revision> newestFirst = new ArrayList<>();
    private final String first;
    private volatile Revision current;

    /** Makes a policy of a text; implemented by the wiring, which knows the configured targets. */
    public interface Compiler {
        /**
         * @param source what the text is called in messages
         * @param library has what the text extends
         * @throws InvalidFileException with one sentence that names the place
         */
        Policy compile(String source, String text, PolicyLibrary library);
    }

    /**
     * @param first what the gateway starts with
     * @param file where the policy comes from, if from a file
     * @param inForce is told of every revision that is put in force, the first among them
     */
    public PolicyRevisions(
            Revision first,
            Optional<PolicyFile> file,
            Compiler compiler,
            InstantSource clock,
            Consumer<Revision> inForce) {
        this.file = file;
        this.compiler = compiler;
        this.clock = clock;
        this.inForce = inForce;
        this.first = first.id();
        this.current = first;
        enforce(first);
    }

    /** The policy for a request that is decided now. */
    @Override
    public Policy get() {
        return current.policy();
    }

    public Revision current() {
        return current;
    }

    /** Whether a gateway that starts now would find this one: it is what the file holds, or what is named without a file. */
    public boolean saved(Revision revision) {
        if (file.isEmpty()) {
            return revision.id().equals(first);
        }
        try {
            return file.get().read() instanceof PolicyFile.Content.Text(String text)
                    && compile(file.get(), text, PolicyLibrary.packsAndFiles())
                            .revision()
                            .equals(revision.id());
        } catch (InvalidFileException e) {
            return false;
        }
    }

    Policy compile(PolicyFile from, String text, PolicyLibrary library) {
        return compiler.compile(from.path().toString(), text, library);
    }

    /** Those that can be rolled back to, the one in force first. */
    public synchronized List<Revision> kept() {
        return List.copyOf(newestFirst);
    }

    /**
     * Puts in force what the file holds; what is in force already stays as it is.
     *
     * @param library has what the text extends
     * @throws InvalidFileException when the text is no policy; nothing has changed then
     */
    synchronized void follow(PolicyFile changed, String text, PolicyLibrary library) {
        Policy policy = compile(changed, text, library);
        if (!policy.revision().equals(current.id())) {
            enforce(new Revision(policy, text, changed.path().toString(), clock.instant()));
        }
    }

    /**
     * Puts a text in force that came by another way than the file, until the file changes or the gateway starts anew. What
     * it extends is a pack, or a file beside the policy file: whoever may send policies may not have other files read.
     *
     * @param save writes it to the file too, so that it stays
     * @throws InvalidFileException when the text is no policy; nothing has changed then
     * @throws NotSavedException when it was to be saved and could not be; nothing has changed then
     */
    public synchronized Revision put(String text, boolean save) throws NotSavedException {
        Policy policy = candidate(text);
        String source = save ? saved(text) : PUT;
        enforce(new Revision(policy, text, source, clock.instant()));
        return current;
    }

    /**
     * What {@link #put} would put in force; nothing changes.
     *
     * @throws InvalidFileException when the text is no policy
     */
    public Policy candidate(String text) {
        return compiler.compile(PUT, text, beside());
    }

    /**
     * The same, whether the targets that it names are configured or not.
     *
     * @throws InvalidFileException when the text is no policy
     */
    public Policy draft(String text) {
        return Policy.load(PUT, text, beside());
    }

    /**
     * Puts one of {@link #kept()} in force again, under the same conditions as {@link #put}.
     *
     * @return empty when no such revision is kept
     */
    public synchronized Optional<Revision> rollback(String id, boolean save) throws NotSavedException {
        Optional<Revision> wanted =
                newestFirst.stream().filter(kept -> kept.id().equals(id)).findFirst();
        if (wanted.isEmpty()) {
            return wanted;
        }
        Revision before = wanted.get();
        String source = save ? saved(before.document()) : ROLLBACK;
        enforce(new Revision(before.policy(), before.document(), source, clock.instant()));
        return Optional.of(current);
    }

    private PolicyLibrary beside() {
        if (file.isEmpty()) {
            return PolicyLibrary.packsAnd(path -> {
                throw new InvalidFileException("is a file, and there is no policy file that it could stand beside: only"
                        + " packs can be extended here");
            });
        }
        Path folder = file.get().path().toAbsolutePath().normalize().resolveSibling("");
        PolicyLibrary files = PolicyLibrary.packsAnd(path -> {
            if (!path.startsWith(folder)) {
                throw new InvalidFileException("is outside the folder of the policy file");
            }
            return new PolicyFile(path).read().text();
        });
        return (reference, from) ->
                files.find(reference, from.equals(PUT) ? folder.resolve(PUT).toString() : from);
    }

    private String saved(String document) throws NotSavedException {
        if (file.isEmpty()) {
            throw new NotSavedException("there is no policy file to save to: fogline.yaml names none");
        }
        Path path = file.get().path();
        try {
            file.get().write(document);
        } catch (IOException e) {
            throw new NotSavedException(
                    path + " cannot be written (" + e.getClass().getSimpleName() + ")");
        }
        return path.toString();
    }

    /** A policy that was to be kept in the file could not be. */
    public static final class NotSavedException extends Exception {
        private static final long serialVersionUID = 1L;

        NotSavedException(String sentence) {
            super(sentence);
        }
    }

    private void enforce(Revision next) {
        newestFirst.removeIf(kept -> kept.id().equals(next.id()));
        newestFirst.addFirst(next);
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
        current = next;
        inForce.accept(next);
    }
}
