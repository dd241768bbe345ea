package dev.fogline.gateway.config;

import dev.fogline.policies.file.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The environment's variables, handed in so that tests can have their own. */
public record Environment(Map<String, String> variables) {
    /** Every variable that Fogline's processes read. An unknown one is refused, because it is a typing error. */
    static final Set<String> KNOWN = Set.of(
            "FOGLINE_CONFIG",
            "FOGLINE_STATE",
            "FOGLINE_CACHE",
            "FOGLINE_GATEWAY_PORT",
            "FOGLINE_OPERATOR_PORT",
            "FOGLINE_GATEWAY_HOST",
            "FOGLINE_OPERATOR_HOST",
            "FOGLINE_AGENT_HOST",
            "FOGLINE_AGENT_OPERATOR_HOST",
            "FOGLINE_API_KEYS",
            "FOGLINE_OPERATOR_TOKEN",
            "FOGLINE_AGENT_TOKEN",
            "FOGLINE_CLOUD",
            "FOGLINE_STAND_IN_URL",
            "FOGLINE_EDGE_MODEL",
            "FOGLINE_AGENT_PORT",
            "FOGLINE_AGENT_OPERATOR_PORT",
            "FOGLINE_AGENT_ENGINE",
            "FOGLINE_AGENT_MODEL",
            "FOGLINE_AGENT_SLOTS",
            "FOGLINE_AGENT_CONTEXT",
            "FOGLINE_AGENT_QUEUE",
            "FOGLINE_AGENT_MAX_TOKENS",
            "FOGLINE_AGENT_THREADS",
            "FOGLINE_AGENT_CACHE_RAM_MIB",
            "FOGLINE_AGENT_STALL",
            "FOGLINE_MODEL_FILE",
            "FOGLINE_PYTHON");

    public Environment {
        variables = Map.copyOf(variables);
    }

    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
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

    /** Refuses variables that look like ours and are not. */
    void refuseUnknown() {
        List<String> unknown = variables.keySet().stream()
                .filter(name -> name.startsWith("FOGLINE_") && !KNOWN.contains(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            String name = unknown.getFirst();
            throw new ConfigException("the variable " + name + " is unknown; the nearest known one is "
                    + Nearest.to(name, KNOWN) + ". Unset it or correct its name");
        }
    }
}
