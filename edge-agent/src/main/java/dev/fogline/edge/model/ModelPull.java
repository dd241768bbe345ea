package dev.fogline.edge.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Brings one model into the store, from the first of several sources that gives a file which passes every check. */
final class ModelPull {
    /** A model of the store, and whether this pull brought it. */
    record Result(StoredModel model, boolean fresh) {}

    private final Environment environment;
    private final ModelStore store;
    private final Catalogue catalogue;
    private final Console console;

    ModelPull(Environment environment, ModelStore store, Catalogue catalogue) {
        this.environment = environment;
        this.store = store;
        this.catalogue = catalogue;
        this.console = environment.console();
    }

    /**
     * @param verify whether a model that is there is hashed again; one that fails is removed and pulled anew
     */
    Attempt<Result> pull(Task task, boolean verify) {
        Optional<StoredModel> there = store.whole(task.name()).filter(task::fits);
        if (there.isPresent() && !verify && there.get().references().contains(task.reference())) {
            return Attempt.done(new Result(there.get(), false));
        }
        return PullLock.take(
                        environment.cache(),
                        "model-" + task.name(),
                        console,
                        environment.limits().otherPull())
                .then(lock -> {
                    try (lock) {
                        return locked(task, verify);
                    } catch (IOException e) {
                        return Attempt.failed(Causes.of(e));
                    }
                });
    }

    private Attempt<Result> locked(Task task, boolean verify) throws IOException {
        // Again, now with the lock: another pull may have brought it while this one waited.
        Optional<StoredModel> there = store.whole(task.name()).filter(task::fits);
        if (there.isPresent() && (!verify || passes(there.get()))) {
            return Attempt.done(new Result(known(there.get(), task.reference()), false));
        }
        Path folder = Files.createDirectories(store.folder(task.name()));
        List<String> causes = new ArrayList<>();
        for (Iterator<Source> sources = task.sources().iterator(); sources.hasNext(); ) {
            Source source = sources.next();
            console.note("  from " + source.title());
            switch (source.fetch(folder)) {
                case Attempt.Done<Verified> done -> {
                    StoredModel model = record(task, source, done.value());
                    store.adopt(done.value().data(), model);
                    return Attempt.done(new Result(model, true));
                }
                case Attempt.Failed<Verified> failed -> {
                    if (sources.hasNext()) {
                        console.note("    " + failed.cause());
                    }
                    causes.add("  - " + source.title() + ": " + failed.cause());
                }
            }
        }
        Folders.deleteIfEmpty(folder);
        return Attempt.failed(String.join("\n", causes) + "\n" + Advice.FILE);
    }

    private StoredModel known(StoredModel there, String reference) throws IOException {
        if (there.references().contains(reference)) {
            return there;
        }
        StoredModel model = there.alsoKnownAs(reference);
        store.write(model);
        return model;
    }

    private boolean passes(StoredModel model) throws IOException {
        console.note("  checking " + environment.shown(store.file(model)));
        if (Sums.ofFile(store.file(model)).equals(model.sha256())) {
            return true;
        }
        store.remove(model);
        console.note("  wrong checksum: the file was changed since it came, and was removed");
        return false;
    }

    private StoredModel record(Task task, Source source, Verified file) {
        return new StoredModel(
                task.name().value(),
                List.of(task.reference()),
                source.file(),
                file.size(),
                file.sha256(),
                source.origin(),
                Optional.ofNullable(source.licence())
                        .or(() -> catalogue.licence(file.sha256()))
                        .orElse(null),
                Quantisation.ofFile(source.file()).orElse(null),
                environment.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
