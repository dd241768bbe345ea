package dev.fogline.gateway.config;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code ./fogline config}: checks the configuration and prints the one in force, without secrets; {@code config
 * reference} prints the reference of all keys. Exit status 0, or 2 with a sentence.
 */
public final class ConfigCommand {
    private ConfigCommand() {}

    public static void main(String... args) {
        if (args.length == 1 && args[0].equals("reference")) {
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
                    .print(Reference.page());
            return;
        }
        Optional<Path> file =
                args.length == 2 && args[0].equals("--config") ? Optional.of(Path.of(args[1])) : Optional.empty();
        if (args.length > 0 && file.isEmpty()) {
            System.err.println("fogline: usage: config [--config FILE] | config reference");
            System.exit(2);
        }
        try {
            System.out.print(describe(ConfigReader.ofProcess().read(file)));
        } catch (ConfigException e) {
            System.err.println("fogline: " + e.getMessage());
            System.exit(2);
        }
    }

    static String describe(GatewayConfig config) {
        var text = new StringBuilder("# from ").append(config.source()).append('\n');
        text.append("version: 1\nhost: ").append(config.users().host());
        text.append("\nport: ").append(config.users().port());
        text.append("\noperator-host: ").append(config.operators().host());
        text.append("\noperator-port: ").append(config.operators().port()).append("\ntargets:\n");
        for (TargetConfig target : config.targets()) {
            text.append("  - id: ").append(target.target().id()).append('\n');
            text.append("    base-url: ").append(target.baseUrl()).append('\n');
            text.append("    model: ").append(target.target().model()).append('\n');
            target.target()
                    .price()
                    .ifPresent(price -> text.append("    price: { input: ")
                            .append(price.input())
                            .append(", output: ")
                            .append(price.output())
                            .append(price.cachedInput() == null ? "" : ", cached-input: " + price.cachedInput())
                            .append(", source: ")
                            .append(price.source())
                            .append(", date: ")
                            .append(price.date())
                            .append(" }\n"));
            target.key().ifPresent(key -> text.append("    key: ").append(key).append('\n'));
        }
        text.append("aliases:\n");
        config.aliases()
                .forEach((name, meaning) -> text.append("  \"")
                        .append(name)
                        .append("\": ")
                        .append(meaning)
                        .append('\n'));
        return text.toString();
    }
}
