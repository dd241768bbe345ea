package dev.fogline.gateway.config;

import dev.fogline.policies.file.KeyDescription;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A variable that is no key of {@code fogline.yaml}: it finds the file, holds a secret, or is set by the launcher.
 *
 * @param value what is taken, in Markdown
 * @param normally what holds without it, in Markdown
 */
record Variable(String name, String value, String normally, String meaning) {

    static final List<Variable> OF_THE_GATEWAY = List.of(
            new Variable(
                    "FOGLINE_CONFIG",
                    "path",
                    "searched, see above",
                    "The configuration file (`./fogline up --config`)"),
            new Variable(
                    "FOGLINE_STATE",
                    "path of a directory",
                    "`~/.local/state/fogline`",
                    "Where logs, decisions, the egress audit, the configuration in force and the installation's key are"),
            new Variable(
                    "FOGLINE_API_KEYS",
                    "keys, separated by commas",
                    "none",
                    "Keys of callers, beside those of `keys`; `./fogline chat` sends the first"),
            new Variable(
                    "FOGLINE_OPERATOR_TOKEN",
                    "text",
                    "none: none is needed on this machine",
                    "What callers of the operators' ports, the gateway's and the edge-agent's, send as a bearer token"),
            new Variable(
                    "FOGLINE_CLOUD",
                    "name of a preset",
                    "none",
                    "One more target, the provider's usual model, paid by the key in its variable (`./fogline up --cloud`)"),
            new Variable(
                    "FOGLINE_EDGE_MODEL",
                    "text",
                    "`smollm2-135m`",
                    "What the edge of the built-in configuration is called; `./fogline up` sets it to the model that runs"),
            new Variable(
                    "FOGLINE_STAND_IN_URL",
                    "URL",
                    "none",
                    "The stand-in cloud that `./fogline up` starts where no cloud is configured"),
            new Variable(
                    "FOGLINE_NAME_MODEL",
                    "paths of jars, separated by colons",
                    "none",
                    "A model that finds names, and what it needs (`NameModel`); asked where a policy lists the detectors `names`"));

    /** Those of the edge-agent's page that do not stop the gateway: the two are often started from one environment. */
    static final Set<String> OF_THE_EDGE_AGENT = Set.of(
            "FOGLINE_CACHE",
            "FOGLINE_MODEL_FILE",
            "FOGLINE_PYTHON",
            "FOGLINE_AGENT_HOST",
            "FOGLINE_AGENT_PORT",
            "FOGLINE_AGENT_OPERATOR_HOST",
            "FOGLINE_AGENT_OPERATOR_PORT",
            "FOGLINE_AGENT_TOKEN",
            "FOGLINE_AGENT_ENGINE",
            "FOGLINE_AGENT_MODEL",
            "FOGLINE_AGENT_SLOTS",
            "FOGLINE_AGENT_CONTEXT",
            "FOGLINE_AGENT_QUEUE",
            "FOGLINE_AGENT_MAX_TOKENS",
            "FOGLINE_AGENT_THREADS",
            "FOGLINE_AGENT_CACHE_RAM_MIB",
            "FOGLINE_AGENT_STALL");

    /** Every variable that Fogline's processes read. */
    static Set<String> known() {
        return Stream.of(
                        KeyDescription.of(ConfigFile.class).stream()
                                .map(row -> row.key().variable())
                                .filter(name -> !name.isEmpty()),
                        OF_THE_GATEWAY.stream().map(Variable::name),
                        OF_THE_EDGE_AGENT.stream())
                .flatMap(names -> names)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
