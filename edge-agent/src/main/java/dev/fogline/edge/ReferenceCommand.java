package dev.fogline.edge;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The last part of {@code ./fogline config reference}; the gateway writes what comes before. */
public final class ReferenceCommand {
    static final String TITLE = "## The edge-agent and `./fogline model`\n";

    private ReferenceCommand() {}

    public static void main(String... arguments) {
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8).print(page());
    }

    static String page() {
        return TITLE + """

                They have no file. `FOGLINE_OPERATOR_TOKEN` (above) is read as well; downloads also follow `HF_ENDPOINT`, `HF_TOKEN`,
                `HTTPS_PROXY`, `NO_PROXY` and pip's own configuration.

                | variable | value | without it | meaning |
                |---|---|---|---|
                """
                + Settings.rows().stream()
                        .map(row -> "| `" + row.variable() + "` | " + row.value() + " | " + row.otherwise() + " | "
                                + row.meaning() + " |\n")
                        .collect(Collectors.joining());
    }
}
