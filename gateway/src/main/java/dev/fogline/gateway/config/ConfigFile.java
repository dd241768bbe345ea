package dev.fogline.gateway.config;

import dev.fogline.gateway.config.TargetConfig.UsageHabit;
import dev.fogline.policies.Price;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.file.Key;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shape of {@code fogline.yaml}, as it is written; the reference page is made of it. */
record ConfigFile(
        @Key(meaning = "Version of this file's language", required = true, form = "`1`")
        int version,

        @Key(
                meaning = "Where users call; `localhost` is IPv4 and IPv6, and beyond this machine there must be keys",
                form = "`localhost` or an address",
                normally = "localhost",
                variable = "FOGLINE_GATEWAY_HOST")
        @Nullable
        String host,

        @Key(
                meaning = "The users' port (`./fogline up --port`)",
                least = 0,
                most = 65535,
                normally = "8080",
                variable = "FOGLINE_GATEWAY_PORT")
        @Nullable
        Integer port,

        @Key(
                meaning =
                        "Where metrics, health and administration are; beyond this machine `FOGLINE_OPERATOR_TOKEN` must be set",
                form = "address",
                normally = "127.0.0.1",
                variable = "FOGLINE_OPERATOR_HOST")
        @Nullable
        String operatorHost,

        @Key(
                meaning = "The operators' port (`./fogline up --operator-port`)",
                least = 0,
                most = 65535,
                normally = "9000",
                variable = "FOGLINE_OPERATOR_PORT")
        @Nullable
        Integer operatorPort,

        @Key(
                meaning = "The policy, relative to this file (as a variable, to the working directory)",
                form = "path of a policy file, or `pack:NAME`",
                otherwise = "`pack:balanced`: the edge first, the cloud where the edge may not or cannot",
                variable = "FOGLINE_POLICY")
        @Nullable
        String policy,

        @Key(
                meaning =
                        "Where every decision is logged, without content, as JSON lines: up to 16 MiB, and four files before it",
                form = "`off`, or path of a file, relative to this file",
                otherwise = "`decisions/decisions.jsonl` in the directory of `FOGLINE_STATE`")
        @Nullable
        String decisionLog,

        @Key(meaning = "The egress audit: a chained record of everything that leaves for a cloud, without content")
        @Nullable
        AuditEntry audit,

        @Key(meaning = "Who may call; with any key, here or in `FOGLINE_API_KEYS`, every call needs one") @Nullable
        List<KeyEntry> keys,

        @Key(
                meaning = "Further names of this machine that a Host header may have while no key is needed",
                form = "list: host name")
        @Nullable
        List<String> hosts,

        @Key(meaning = "Web pages that may call") @Nullable CorsEntry cors,

        @Key(meaning = "The models there are; without a file, the edge that `./fogline up` starts") @Nullable
        List<TargetEntry> targets,

        @Key(
                meaning =
                        "Names that stand for a target or for a choice; a name may hold one `*`, the longest literal part wins",
                form = "map: text → `auto`, `edge`, `cloud` or the id of a target",
                otherwise = "well-known families such as `gpt-*` and `claude-*` stand for `auto`")
        @Nullable
        LinkedHashMap<String, String> aliases) {

    record AuditEntry(
            @Key(
                    meaning = "Where its files are; with `off` nothing records what leaves",
                    form = "`off`, or path of a directory, relative to this file",
                    otherwise = "`audit` in the directory of `FOGLINE_STATE`")
            @Nullable
            String path,

            @Key(
                    meaning = "After how many MiB a new file is begun; the chain goes on over all of them",
                    least = 1,
                    most = 256,
                    normally = "64")
            @Nullable
            Integer fileMib,

            @Key(
                    meaning = "How many files are kept; deleting the oldest is itself recorded",
                    least = 2,
                    otherwise = "all")
            @Nullable
            Integer files) {}

    record KeyEntry(
            @Key(meaning = "Whose it is; conditions of a policy see it as `tenant.name`", required = true)
            String name,

            @Key(
                    meaning = "What the key is recognised by",
                    required = true,
                    form = "64 hexadecimal digits: SHA-256 of the key")
            String sha256,

            @Key(meaning = "How sensitive every request with this key is at least", normally = "public") @Nullable
            Sensitivity sensitivity) {}

    record CorsEntry(
            @Key(meaning = "Their origins", form = "list: such as `https://app.example.org`") @Nullable
            List<String> origins) {}

    record TargetEntry(
            @Key(
                    meaning = "The name and, by its first part, the tier",
                    required = true,
                    form = "`edge/NAME` or `cloud/NAME` of `A-Z`, `a-z`, `0-9`, `.`, `_`, `:`, `/`, `-`, up to 96")
            String id,

            @Key(
                    meaning = "A provider whose address, key variable, habits and prices are known",
                    form = "a name of `presets.yaml`, such as `openai`, `deepseek` or `dashscope`")
            @Nullable
            String preset,

            @Key(
                    meaning = "Where the API is, with its own path; `/chat/completions` follows it",
                    form = "`http(s)://HOST[:PORT][/PATH]`",
                    otherwise = "that of the preset; without one, required")
            @Nullable
            String baseUrl,

            @Key(
                    meaning = "What the model is called there",
                    otherwise = "that of the preset, else the id after its tier")
            @Nullable
            String model,

            @Key(
                    meaning = "The variable that holds the key",
                    form = "`${VARIABLE}`",
                    otherwise = "the variable of the preset")
            @Nullable
            String key,

            @Key(meaning = "The file that holds the key, instead of `key`", form = "path, relative to this file")
            @Nullable
            String keyFile,

            @Key(
                    meaning =
                            "How a stream tells its usage: when asked by `stream_options`, without being asked, or not at all",
                    otherwise = "that of the preset, else `ask`")
            @Nullable
            UsageHabit usage,

            @Key(
                    meaning = "The field it takes the bound of an answer in",
                    form = "`max_tokens` or `max_completion_tokens`",
                    otherwise = "that of the preset, else the one that the caller used")
            @Nullable
            String maxTokensField,

            @Key(
                    meaning = "Top-level fields of a request that it answers with an error, and is not sent",
                    form = "list: name of a field",
                    otherwise = "those of the preset")
            @Nullable
            List<String> drop,

            @Key(
                    meaning = "What it cannot do; such requests go elsewhere",
                    form = "list: a field such as `tools`, `response_format`, `logprobs`, or `image`, `audio`, `file`")
            @Nullable
            Set<String> refuses,

            @Key(
                    meaning = "Its context window in tokens, prompt and answer together",
                    least = 0,
                    otherwise = "that of the preset's model; of an edge-agent, what it tells; else unknown (0)")
            @Nullable
            Integer context,

            @Key(meaning = "What it costs; without a price it is unknown, which is not free") @Nullable
            Price price,

            @Key(meaning = "Where its data is kept, for rules on regions", form = NAMED, otherwise = "unknown")
            @Nullable
            String region,

            @Key(meaning = "The licence of its model, for rules on licences", form = NAMED, otherwise = "unknown")
            @Nullable
            String licence,

            @Key(meaning = "Bounds of one attempt at it") @Nullable
            LimitsEntry limits,

            @Key(
                    meaning = "The certificates to trust instead of the system's",
                    form = "path of a PEM file, relative to this file")
            @Nullable
            String ca,

            @Key(
                    meaning = "Says that whoever is on the network may read every prompt on its way to this edge",
                    form = "`accepted`")
            @Nullable
            String plaintext,

            @Key(
                    meaning = "Lets an address that is neither this machine nor private be an edge, and says why",
                    form = "text: the reason")
            @Nullable
            String trustAsEdge) {
        static final String NAMED = "up to 32 of `a-z`, `0-9`, `.`, `-`, such as `eu` or `apache-2.0`";
    }

    record LimitsEntry(
            @Key(meaning = "Until it is connected", otherwise = "edge: `2s`, cloud: `5s`") @Nullable
            Duration connect,

            @Key(meaning = "From the request to the first event of a stream", normally = "60s") @Nullable
            Duration firstEvent,

            @Key(meaning = "Between two events of a stream; comments do not count", normally = "60s") @Nullable
            Duration idle,

            @Key(meaning = "Of a whole streamed answer", normally = "600s") @Nullable
            Duration streamTotal,

            @Key(meaning = "Of a whole answer that is not streamed", normally = "300s") @Nullable
            Duration total,

            @Key(
                    meaning = "Exchanges with it at one time; where all are taken, the next target serves",
                    least = 1,
                    otherwise = "edge: `64`, cloud: `1024`")
            @Nullable
            Integer concurrent) {}
}
