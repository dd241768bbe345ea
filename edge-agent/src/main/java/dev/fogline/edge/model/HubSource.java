package dev.fogline.edge.model;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file of a Hugging Face repository, with the size and sum that the catalogue or the repository's list gives. */
record HubSource(
        Hub hub,
        Download download,
        String repository,
        String revision,
        Hub.HubFile wanted,
        @Nullable String licence) implements Source {

    static HubSource pinned(Hub hub, Download download, Catalogue.Entry entry) {
        Catalogue.Pin pin = entry.hub();
        return new HubSource(
                hub,
                download,
                pin.repository(),
                pin.revision(),
                new Hub.HubFile(pin.file(), pin.size(), Optional.of(pin.sha256())),
                entry.licence());
    }

    @Override
    public String title() {
        return hub.title() + " (" + repository + ")";
    }

    @Override
    public String file() {
        return ModelName.fileName(wanted.path());
    }

    @Override
    public String origin() {
        return "Hugging Face " + repository + "/" + wanted.path();
    }

    @Override
    public Attempt<Verified> fetch(Path folder) {
        return download.fetch(
                new Download.Wanted(
                        hub.file(repository, revision, wanted.path()),
                        file(),
                        OptionalLong.of(wanted.size()),
                        wanted.sha256()),
                folder);
    }
}
