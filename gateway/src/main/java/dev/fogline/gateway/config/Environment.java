package dev.fogline.gateway.config;

import dev.fogline.policies.file.Nearest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The environment's variables, handed in so that tests can have their own. */
public record Environment(Map<String, String> variables) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** The same, with a value for a variable that has none. */
    Environment or(String name, String value) {
        var all = new HashMap<>(variables);
        all.putIfAbsent(name, value);
        return new Environment(all);
    }

    int port(String name, int otherwise) {
        return value(name).map(text -> parsePort(name, text)).orElse(otherwise);
    }

    private static int parsePort(String name, String text) {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // answered below, together with numbers out of range
        }
        throw new ConfigException("the variable " + name + " must be a port from 0 to 65535, not '" + text + "'");
    }

    /** Refuses a variable that looks like ours and is not, because it is a typing error. */
    void refuseUnknown() {
        Set<String> known = Variable.known();
        variables.keySet().stream()
                .filter(name -> name.startsWith("FOGLINE_") && !known.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfigException("the variable " + name + " is unknown; the nearest known one is "
                            + Nearest.to(name, known) + ". Unset it or correct its name");
                });
    }
}
