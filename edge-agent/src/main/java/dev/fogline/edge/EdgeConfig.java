package dev.fogline.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What an operator may set, as {@code FOGLINE_AGENT_*}. */
@ConfigMapping(prefix = "fogline.agent")
public interface EdgeConfig {

    @Setting(
            meaning = "Where inference and status are; `localhost` is IPv4 and IPv6, and beyond this machine"
                    + " `FOGLINE_AGENT_TOKEN` must be set",
            form = "`localhost` or an address")
    @WithDefault("localhost")
    String host();

    @Setting(meaning = "The port for inference and status (`./fogline up --agent-port`)", least = 0, most = 65535)
    @WithDefault("8081")
    int port();

    @Setting(
            meaning = "Where metrics and health are; beyond this machine `FOGLINE_OPERATOR_TOKEN` must be set",
            form = "address")
    @WithDefault("127.0.0.1")
    String operatorHost();

    @Setting(
            meaning = "The port for metrics and health (`./fogline up --agent-operator-port`)",
            least = 0,
            most = 65535)
    @WithDefault("9001")
    int operatorPort();

    @Setting(
            meaning = "What callers of inference and status send as a bearer token; the gateway reads it too",
            otherwise = "none: none is needed on this machine")
    Optional<String> token();

    @Setting(
            meaning = "A running model server to attach to (`./fogline up --engine`)",
            form = "URL",
            otherwise = "the agent runs an engine itself")
    Optional<URI> engine();

    @Setting(
            meaning = "The model (`./fogline up --model`)",
            form = "a name in the cache, the words it was pulled with, or the path of a `.gguf` file;"
                    + " when attached, its name there",
            otherwise = "`smollm2-135m`; when attached, the first that the server offers and runs itself")
    Optional<String> model();

    @Setting(
            meaning = "Requests that the engine works on at one time; an attached engine that has fewer lowers it",
            least = 1)
    @WithDefault("2")
    int slots();

    @Setting(
            meaning = "Tokens per slot, prompt and answer together",
            least = 16,
            otherwise = "`2048`; when attached, what the engine tells, which a smaller value here lowers")
    OptionalInt context();

    @Setting(meaning = "Requests that may wait for a slot; one more is answered with 429", least = 0)
    @WithDefault("16")
    int queue();

    @Setting(
            meaning =
                    "Bound of an answer in tokens where the request sets none; none is longer than the slot's context",
            least = 1)
    @WithDefault("1024")
    int maxTokens();

    @Setting(meaning = "Threads of an engine that the agent runs", least = 1, otherwise = "all cores but one")
    OptionalInt threads();

    @Setting(meaning = "Bound in MiB of the prompt cache of an engine that the agent runs", least = 0)
    @WithDefault("256")
    int cacheRamMib();

    @Setting(
            meaning =
                    "The longest silence of an engine, while it starts and inside an answer, before it counts as hung",
            form = "duration such as `300s`")
    @WithDefault("300s")
    Duration stall();
}
