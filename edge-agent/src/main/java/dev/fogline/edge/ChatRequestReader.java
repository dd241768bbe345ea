package dev.fogline.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to a {@link ChatRequest}, or the failure to send back. The engine gets what is in the table below and nothing
 * else: some fields of engines abort the process (a grammar), read files (adapters) or show one caller's slot to
 * another.
 */
final class ChatRequestReader {
    private static final int MOST_TOKENS = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(128).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private record Rule(String expected, Predicate<JsonNode> holds) {}

    private static final Rule FLAG = new Rule("true or false", JsonNode::isBoolean);
    private static final Rule COUNT = new Rule(
            "a whole number of at least 1", v -> v.isIntegralNumber() && v.canConvertToLong() && v.asLong() >= 1);

    /** Copied to the engine as they are, if they are what they should be. */
    private static final Map<String, Rule> PASSED = Map.ofEntries(
            Map.entry("temperature", number(0, 2)),
            Map.entry("top_p", number(0, 1)),
            Map.entry("min_p", number(0, 1)),
            Map.entry("top_k", new Rule("a whole number from 0 to 10000", v -> whole(v, 0, 10_000))),
            Map.entry("presence_penalty", number(-2, 2)),
            Map.entry("frequency_penalty", number(-2, 2)),
            Map.entry("repeat_penalty", number(0, 2)),
            Map.entry("seed", new Rule("a whole number", v -> v.isIntegralNumber() && v.canConvertToLong())),
            Map.entry("stop", new Rule("a string or up to 16 strings", ChatRequestReader::stop)),
            Map.entry("logit_bias", new Rule("an object of up to 1024 token ids and numbers", ChatRequestReader::bias)),
            Map.entry("logprobs", FLAG),
            Map.entry("top_logprobs", new Rule("a whole number from 0 to 20", v -> whole(v, 0, 20))),
            Map.entry("response_format", new Rule(ResponseFormat.EXPECTED, ResponseFormat::valid)));

    /** Handled by name below. */
    private static final Set<String> READ =
            Set.of("model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "n");

    /** Known, without effect on the answer here, and counted by name when left out. */
    private static final Set<String> DROPPED_BY_NAME = Set.of(
            "user",
            "metadata",
            "store",
            "service_tier",
            "parallel_tool_calls",
            "tool_choice",
            "function_call",
            "tools",
            "functions",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "prediction",
            "reasoning_effort",
            "verbosity",
            "modalities",
            "cache_prompt",
            "id_slot",
            "lora",
            "n_probs",
            "samplers");

    sealed interface Reading {
        record Accepted(ChatRequest request) implements Reading {}

        record Rejected(Failure failure) implements Reading {}
    }

    Reading read(byte[] body, Capabilities capabilities) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException malformed) {
            return rejected("The body is not one JSON value: cut, malformed, nested too deep, or with a repeated key.");
        }
        if (!(root instanceof ObjectNode request)) {
            return rejected("The body must be a JSON object.");
        }
        dropNulls(request);
        Failure failure = check(request, capabilities);
        return failure != null ? new Reading.Rejected(failure) : new Reading.Accepted(rebuild(request, capabilities));
    }

    private static @Nullable Failure check(ObjectNode request, Capabilities capabilities) {
        String feature = Features.refused(request, capabilities.refuses());
        if (feature != null) {
            return new Failure.Invalid("This model cannot do what \"" + feature + "\" asks for.");
        }
        String messages = Messages.objection(request.path("messages"));
        if (messages != null) {
            return new Failure.Invalid(messages);
        }
        for (Map.Entry<String, Rule> rule : PASSED.entrySet()) {
            String failure = check(request, rule.getKey(), rule.getValue());
            if (failure != null) {
                return new Failure.Invalid(failure);
            }
        }
        for (Map.Entry<String, Rule> rule : Map.of(
                        "stream",
                        FLAG,
                        "max_tokens",
                        COUNT,
                        "max_completion_tokens",
                        COUNT,
                        "n",
                        COUNT,
                        "stream_options",
                        new Rule("an object", JsonNode::isObject))
                .entrySet()) {
            String failure = check(request, rule.getKey(), rule.getValue());
            if (failure != null) {
                return new Failure.Invalid(failure);
            }
        }
        if (request.has("top_logprobs") && !request.path("logprobs").asBoolean()) {
            return new Failure.Invalid("top_logprobs needs logprobs to be true.");
        }
        if (capabilities.estimateLength() && TokenEstimate.of(request.path("messages")) > capabilities.context()) {
            return new Failure.TooLong(0, capabilities.context());
        }
        return null;
    }

    private static @Nullable String check(ObjectNode request, String field, Rule rule) {
        JsonNode value = request.get(field);
        return value == null || rule.holds().test(value) ? null : field + " must be " + rule.expected() + ".";
    }

    private static ChatRequest rebuild(ObjectNode request, Capabilities capabilities) {
        ObjectNode out = JSON.createObjectNode();
        out.set("messages", Messages.rebuild(request.path("messages")));
        for (String field : PASSED.keySet()) {
            JsonNode value = request.get(field);
            if (value != null) {
                out.set(field, field.equals("response_format") ? ResponseFormat.rebuild(value) : value);
            }
        }
        JsonNode asked = request.has("max_completion_tokens")
                ? request.path("max_completion_tokens")
                : request.path("max_tokens");
        long most = asked.isMissingNode() ? capabilities.defaultMaxTokens() : Math.min(MOST_TOKENS, asked.asLong());
        out.put("max_tokens", Math.min(most, capabilities.context()));
        boolean stream = request.path("stream").asBoolean();
        boolean usageWanted =
                request.path("stream_options").path("include_usage").asBoolean();
        return new ChatRequest(out, stream, usageWanted, dropped(request));
    }

    private static List<String> dropped(ObjectNode request) {
        Set<String> names = new TreeSet<>();
        for (Iterator<String> fields = request.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!PASSED.containsKey(field) && !READ.contains(field)) {
                names.add(DROPPED_BY_NAME.contains(field) ? field : "other");
            }
        }
        return new ArrayList<>(names);
    }

    private static void dropNulls(ObjectNode request) {
        List<String> absent = new ArrayList<>();
        request.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                absent.add(field.getKey());
            }
        });
        request.remove(absent);
    }

    private static Rule number(double least, double most) {
        return new Rule(
                "a number from " + least + " to " + most,
                v -> v.isNumber() && v.asDouble() >= least && v.asDouble() <= most);
    }

    private static boolean whole(JsonNode value, int least, int most) {
        return value.isInt() && value.asInt() >= least && value.asInt() <= most;
    }

    private static boolean stop(JsonNode value) {
        if (value.isTextual()) {
            return true;
        }
        if (!value.isArray() || value.size() > 16) {
            return false;
        }
        for (JsonNode one : value) {
            if (!one.isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static boolean bias(JsonNode value) {
        return value.isObject()
                && value.size() <= 1024
                && value.properties().stream()
                        .allMatch(entry -> entry.getKey().matches("\\d{1,9}")
                                && entry.getValue().isNumber());
    }

    private static Reading rejected(String message) {
        return new Reading.Rejected(new Failure.Invalid(message));
    }
}
