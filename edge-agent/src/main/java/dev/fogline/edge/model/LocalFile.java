package dev.fogline.edge.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that a person already has. It is copied: the original may be a memory stick, or change. */
record LocalFile(Path path, Optional<String> sha256, Environment environment) implements Source {

    @Override
    public String title() {
        return "local file " + environment.shown(path);
    }

    @Override
    public String file() {
        return ModelName.fileName(path.toString());
    }

    @Override
    public String origin() {
        return "file " + path;
    }

    /** A file says nothing of it; the catalogue may know the sum. */
    @Override
    public @Nullable String licence() {
        return null;
    }

    @Override
    public Attempt<Verified> fetch(Path folder) {
        if (!Files.isRegularFile(path)) {
            return Attempt.failed("there is no such file");
        }
        Path part = folder.resolve(file() + Partial.SUFFIX);
        try {
            if (!Verified.isGguf(path)) {
                return Attempt.failed("it is not a GGUF file");
            }
            long size = Files.size(path);
            Optional<String> shortage = Sizes.shortage(folder, size);
            if (shortage.isPresent()) {
                return Attempt.failed(shortage.get());
            }
            try (InputStream in = Files.newInputStream(path)) {
                copy(in, part, size, environment.console());
            }
            return Verified.check(part, sha256);
        } catch (IOException e) {
            return Attempt.failed(Causes.of(e));
        }
    }

    /** At most {@code size} bytes and one more, so that a source which lies about its size fails its sum. */
    static void copy(InputStream in, Path to, long size, Console console) throws IOException {
        byte[] buffer = new byte[1 << 18];
        try (OutputStream out = Files.newOutputStream(to);
                Progress progress = console.localProgress(size)) {
            long at = 0;
            progress.reach(0);
            for (int read = in.read(buffer); read >= 0 && at <= size; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                at += read;
                progress.reach(at);
            }
        }
    }
}
