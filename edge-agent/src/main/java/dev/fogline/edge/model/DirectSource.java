package dev.fogline.edge.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file at an address that a person wrote. */
record DirectSource(URI address, Optional<String> sha256, Download download) implements Source {

    @Override
    public String title() {
        return address.getHost();
    }

    @Override
    public String file() {
        return ModelName.fileName(address.getPath());
    }

    @Override
    public String origin() {
        return Addresses.shown(address);
    }

    @Override
    public @Nullable String licence() {
        return null;
    }

    @Override
    public Attempt<Verified> fetch(Path folder) {
        return download.fetch(new Download.Wanted(address, file(), OptionalLong.empty(), sha256), folder);
    }
}
