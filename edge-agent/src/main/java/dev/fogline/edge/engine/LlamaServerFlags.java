package dev.fogline.edge.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one llama-server binary understands, read from its {@code --help} and {@code --version}: flags come and go
 * between builds, and an unknown one stops the start.
 *
 * @param version such as {@code b11549}; empty when it does not tell
 * @param known every flag named in the help
 */
record LlamaServerFlags(String version, Set<String> known) {
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--?[A-Za-z][A-Za-z0-9-]*");
    private static final Pattern VERSION = Pattern.compile("version: *(\\d+)");
    private static final List<String> NEEDED = List.of("--model", "--host", "--port", "--ctx-size", "--parallel");

    /** Empty if the help is not that of a llama-server that can be run safely: bound, and closed by a key. */
    static Optional<LlamaServerFlags> read(String help, String version) {
        Set<String> known = new LinkedHashSet<>();
        Matcher flag = FLAG.matcher(help);
        while (flag.find()) {
            known.add(flag.group());
        }
        if (!known.containsAll(NEEDED) || !help.contains("LLAMA_API_KEY")) {
            return Optional.empty();
        }
        Matcher build = VERSION.matcher(version);
        return Optional.of(new LlamaServerFlags(build.find() ? "b" + build.group(1) : "", Set.copyOf(known)));
    }

    List<String> arguments(EngineSettings settings, int port) {
        List<String> arguments = new ArrayList<>(List.of(
                "--model",
                settings.file().toString(),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--ctx-size",
                String.valueOf(settings.slots() * settings.context()),
                "--parallel",
                String.valueOf(settings.slots())));
        add(arguments, "--threads", String.valueOf(settings.threads()));
        add(arguments, "--alias", settings.model());
        add(arguments, "--cache-ram", String.valueOf(settings.cacheRamMib()));
        add(arguments, "--metrics");
        add(arguments, "--offline");
        add(arguments, "--jinja");
        // Older builds shift the context silently instead of ending the answer.
        add(arguments, "--no-context-shift");
        if (known.contains("--no-ui")) {
            arguments.add("--no-ui");
        } else {
            add(arguments, "--no-webui");
        }
        return arguments;
    }

    private void add(List<String> arguments, String flag, String... value) {
        if (known.contains(flag)) {
            arguments.add(flag);
            arguments.addAll(List.of(value));
        }
    }
}
