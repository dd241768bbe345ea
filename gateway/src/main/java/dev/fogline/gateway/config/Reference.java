package dev.fogline.gateway.config;

import dev.fogline.policies.Policy;
import dev.fogline.policies.file.KeyDescription;
import java.util.List;
import java.util.stream.Collectors;

/** The reference of everything that can be configured, but for the edge-agent's part, which it writes itself. */
final class Reference {
    private static final String INTRODUCTION = """
            # Configuration

            <!-- Generated: ./fogline config reference > CONFIGURATION.md -->

            Everything that can be set, where, and what holds without it. `./fogline config` prints what is in force.

            - The gateway reads the first of `--config FILE`, the file that `FOGLINE_CONFIG` names, `./fogline.yaml` and
              `~/.config/fogline/fogline.yaml`; without any it takes what is built in, the edge that `./fogline up` starts.
            - An option of `./fogline up` comes before a variable, a variable before the file, the file before the default.
            - An unknown key, an unknown variable that begins with `FOGLINE_`, and a value out of its range stop the start,
              with the line and the nearest known name.
            - No file holds a secret: it names the variable (`${NAME}`) or the file (`key-file`) that does.
            - A duration is written like `500ms`, `60s`, `10m` or `1h`. `[]` in a key stands for each member of a list.
            """;

    private Reference() {}

    static String page() {
        return INTRODUCTION
                + "\n## `fogline.yaml`\n\n"
                + keys(KeyDescription.of(ConfigFile.class), true)
                + "\n## Variables of the gateway and of `./fogline`\n\n"
                + "Beside those above. A blank variable counts as absent. `HTTPS_PROXY`, `http_proxy` and `NO_PROXY` are read\n"
                + "as by curl, on the way to clouds only.\n\n"
                + "| variable | value | without it | meaning |\n|---|---|---|---|\n"
                + Variable.OF_THE_GATEWAY.stream()
                        .map(v -> row("`" + v.name() + "`", v.value(), v.normally(), v.meaning()))
                        .collect(Collectors.joining())
                + "\n## The policy file\n\n"
                + "Named by `policy` above; `./fogline policy check FILE` reads it and says what it really means.\n\n"
                + keys(Policy.keys(), false)
                + "\n### What conditions may ask\n\n"
                + "| fact | type | meaning |\n|---|---|---|\n"
                + Policy.facts().stream()
                        .map(fact -> row("`" + fact.getFirst() + "`", fact.get(1), fact.getLast()))
                        .collect(Collectors.joining());
    }

    private static String keys(List<KeyDescription> keys, boolean variables) {
        var table = new StringBuilder("| key | value | without it | ")
                .append(variables ? "variable | meaning |\n|---|---|---|---|---|\n" : "meaning |\n|---|---|---|---|\n");
        for (KeyDescription row : keys) {
            String key = "`" + row.path() + "`";
            String variable =
                    row.key().variable().isEmpty() ? "" : "`" + row.key().variable() + "`";
            table.append(
                    variables
                            ? row(
                                    key,
                                    row.value(),
                                    row.normally(),
                                    variable,
                                    row.key().meaning())
                            : row(key, row.value(), row.normally(), row.key().meaning()));
        }
        return table.toString();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
