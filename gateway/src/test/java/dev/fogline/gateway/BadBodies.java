package dev.fogline.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Bodies that are no chat request, by what is wrong with them; every one is answered with 400. */
final class BadBodies {
    /** A request that uses much of what there is; every part of it is valid. */
    static final String RICH = """
            { "model" : "au\\u0074o", "stream": false, "stream_options": null, "temperature": 0.70, "seed": -3,
             "n": 1, "max_tokens": 16, "stop": ["\\n", "\u4f60"], "logit_bias": {"50256": -100},
             "x_new": [1.5e3, {"a": {}}, [], true],
             "messages": [
              {"role": "system", "content": "Be brief. \u4f60\u597d \\ud83d\\ude00 \\" \\\\ \\/"},
              {"role": "user", "name": "a", "content": [{"type": "text", "text": "caf\u00e9"}, {"text": "b", "type": "text"}]},
              {"role": "assistant", "content": null, "tool_calls": [{"id": "c", "type": "function",
               "function": {"name": "f", "arguments": "{\\"a\\":[1,2]}"}}]},
              {"role": "tool", "tool_call_id": "c", "content": "3"}] }""";

    private static final List<String> VALUES = List.of("\"x\"", "1", "1.5", "true", "[]", "{}");

    /** Fields and the values above that fit them; {@code null} fits all. */
    private static final Map<String, List<String>> TOP_LEVEL = Map.ofEntries(
            Map.entry("model", List.of("\"x\"")),
            Map.entry("messages", List.of()),
            Map.entry("stream", List.of("true")),
            Map.entry("stream_options", List.of("{}")),
            Map.entry("max_tokens", List.of("1")),
            Map.entry("max_completion_tokens", List.of("1")),
            Map.entry("n", List.of("1")),
            Map.entry("temperature", List.of("1", "1.5")),
            Map.entry("top_p", List.of("1", "1.5")),
            Map.entry("presence_penalty", List.of("1", "1.5")),
            Map.entry("frequency_penalty", List.of("1", "1.5")),
            Map.entry("seed", List.of("1")),
            Map.entry("stop", List.of("\"x\"", "[]")),
            Map.entry("logprobs", List.of("true")),
            Map.entry("top_logprobs", List.of("1")),
            Map.entry("logit_bias", List.of("{}")),
            Map.entry("response_format", List.of("{}")),
            Map.entry("tools", List.of("[]")),
            Map.entry("tool_choice", List.of("\"x\"", "{}")),
            Map.entry("parallel_tool_calls", List.of("true")),
            Map.entry("functions", List.of("[]")),
            Map.entry("function_call", List.of("\"x\"", "{}")),
            Map.entry("modalities", List.of("[]")),
            Map.entry("metadata", List.of("{}")),
            Map.entry("user", List.of("\"x\"")),
            Map.entry("safety_identifier", List.of("\"x\"")),
            Map.entry("prompt_cache_key", List.of("\"x\"")),
            Map.entry("store", List.of("true")),
            Map.entry("service_tier", List.of("\"x\"")),
            Map.entry("reasoning_effort", List.of("\"x\"")),
            Map.entry("verbosity", List.of("\"x\"")),
            Map.entry("prediction", List.of("{}")),
            Map.entry("audio", List.of("{}")),
            Map.entry("web_search_options", List.of("{}")));

    private static final Map<String, List<String>> OF_A_MESSAGE = Map.of(
            "role", List.of("\"x\""),
            "content", List.of("\"x\"", "[]"),
            "name", List.of("\"x\""),
            "refusal", List.of("\"x\""),
            "tool_call_id", List.of("\"x\""),
            "tool_calls", List.of("[]"),
            "function_call", List.of("{}"),
            "audio", List.of("{}"));

    private static final Map<String, List<String>> OF_A_PART =
            Map.of("type", List.of("\"x\""), "text", List.of("\"x\""));

    private final Map<String, byte[]> bodies = new LinkedHashMap<>();

    private BadBodies() {}

    static Map<String, byte[]> all() {
        var all = new BadBodies();
        all.types();
        all.notUtf8();
        all.syntax();
        all.twins();
        all.numbers();
        return all.bodies;
    }

    static String with(String fields) {
        return "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + fields + "}";
    }

    private static String message(String fields) {
        return "{\"model\":\"auto\",\"messages\":[{" + fields + "}]}";
    }

    private void add(String what, String body) {
        bodies.put(what, body.getBytes(StandardCharsets.UTF_8));
    }

    private void types() {
        TOP_LEVEL.forEach((field, fitting) -> VALUES.stream()
                .filter(value -> !fitting.contains(value))
                .forEach(value -> {
                    var fields = new LinkedHashMap<>(
                            Map.of("model", "\"auto\"", "messages", "[{\"role\":\"user\",\"content\":\"Hi\"}]"));
                    fields.put(field, value);
                    add(
                            field + " as " + value,
                            fields.entrySet().stream()
                                    .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
                                    .collect(Collectors.joining(",", "{", "}")));
                }));
        OF_A_MESSAGE.forEach((field, fitting) -> VALUES.stream()
                .filter(value -> !fitting.contains(value))
                .forEach(value -> add(
                        "a message's " + field + " as " + value,
                        message((field.equals("role") ? "" : "\"role\":\"user\",") + "\"" + field + "\":" + value))));
        OF_A_PART.forEach((field, fitting) -> VALUES.stream()
                .filter(value -> !fitting.contains(value))
                .forEach(value -> add(
                        "a part's " + field + " as " + value,
                        message("\"role\":\"user\",\"content\":[{"
                                + (field.equals("type") ? "" : "\"type\":\"text\",") + "\"" + field + "\":" + value
                                + "}]"))));
        add("include_usage as a number", with(",\"stream_options\":{\"include_usage\":1}"));
        add("a message that is a string", "{\"model\":\"auto\",\"messages\":[\"Hi\"]}");
        add("a part that is a string", message("\"role\":\"user\",\"content\":[\"Hi\"]"));
        add("no model", "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        add("no messages", "{\"model\":\"auto\"}");
        add("messages null", "{\"model\":\"auto\",\"messages\":null}");
        add("a message without a role", message("\"content\":\"Hi\""));
    }

    /** Sequences of the Unicode standard's table 3-7 that are ill-formed. */
    private void notUtf8() {
        var sequences = Map.ofEntries(
                Map.entry("a lone continuation byte", "80"),
                Map.entry("a lead byte alone", "c3"),
                Map.entry("two lead bytes", "c3c3"),
                Map.entry("Latin-1", "e9"),
                Map.entry("a slash in two bytes", "c0af"),
                Map.entry("a quote in two bytes", "c0a2"),
                Map.entry("a NUL in two bytes", "c080"),
                Map.entry("a slash in three bytes", "e080af"),
                Map.entry("a slash in four bytes", "f08080af"),
                Map.entry("a high surrogate", "eda080"),
                Map.entry("a low surrogate", "edb080"),
                Map.entry("a pair of surrogates, as in CESU-8", "eda0bdedb880"),
                Map.entry("beyond the last code point", "f4908080"),
                Map.entry("a lead byte of five", "f888808080"),
                Map.entry("three bytes cut after two", "e4bd"),
                Map.entry("four bytes cut after three", "f09f98"),
                Map.entry("a byte that never occurs", "ff"));
        sequences.forEach((what, hex) -> {
            byte[] bytes = HexFormat.of().parseHex(hex);
            bodies.put(
                    what + " in a content",
                    around("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"a", bytes, "b\"}]}"));
            bodies.put(
                    what + " in an unknown value",
                    around(with("").replaceFirst("}$", ",\"x_new\":{\"y\":\"a"), bytes, "b\"}}"));
            bodies.put(what + " in a key", around(with("").replaceFirst("}$", ",\"x_"), bytes, "\":1}"));
            bodies.put(
                    what + " in a key inside",
                    around(with("").replaceFirst("}$", ",\"metadata\":{\"k"), bytes, "\":\"v\"}}"));
            bodies.put(
                    what + " in a key of a message",
                    around("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"k", bytes, "\":1}]}"));
            bodies.put(
                    what + " in the model", around("{\"model\":\"a", bytes, "\",\"messages\":[{\"role\":\"user\"}]}"));
            bodies.put(what + " at the end", around(with(""), bytes, ""));
        });
        bodies.put("UTF-16", with("").getBytes(StandardCharsets.UTF_16));
        bodies.put("UTF-16 little-endian without a mark", with("").getBytes(StandardCharsets.UTF_16LE));
        bodies.put("UTF-32", with("").getBytes(Charset.forName("UTF-32")));
        bodies.put("a byte order mark", around("\ufeff", new byte[0], with("")));
    }

    private static byte[] around(String before, byte[] bytes, String after) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private void syntax() {
        for (String body : List.of(
                "",
                " ",
                "\0",
                "null",
                "true",
                "1",
                "\"auto\"",
                "[]",
                "[{}]",
                "{}",
                "<html></html>",
                "model=auto",
                "{'model':'auto'}",
                "{model:\"auto\"}")) {
            add("the body " + body, body);
        }
        for (String after : List.of("x", "{}", "null", "]", "}", ",", "\0", "\u00a0", with(""))) {
            add("after the end " + after, with("") + after);
        }
        add("a comma before the end", with(","));
        add("two commas", with(",,\"x\":1"));
        add("a comment", with("/* x */"));
        add("a line comment", with("// x\n"));
        add("NaN", with(",\"temperature\":NaN"));
        add("Infinity", with(",\"temperature\":-Infinity"));
        add("a plus sign", with(",\"temperature\":+1"));
        add("a leading zero", with(",\"seed\":01"));
        add("a number that ends in a point", with(",\"temperature\":1."));
        add("hexadecimal", with(",\"seed\":0x10"));
        add("True", with(",\"stream\":True"));
        add("a control character in a string", with(",\"x\":\"a\nb\""));
        add("an unknown escape", with(",\"x\":\"\\x41\""));
        add("half an escape", with(",\"x\":\"\\u00\""));
        add("nesting of 129", with(",\"x\":" + "[".repeat(128) + "]".repeat(128)));
        add(
                "nesting of 129 objects",
                with(",\"x\":" + "{\"a\":".repeat(127) + "{}" + "}".repeat(127)).replace("{}", "{\"a\":{}}"));
        add("nesting of 100,000", with(",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000)));
        add("nesting of 100,000 in a message", message("\"role\":\"user\",\"x\":" + "[".repeat(100_000)));
        add("nesting of 100,000 and no end", "{\"a\":".repeat(100_000));
        var fields = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            fields.append(",\"x").append(i).append("\":1");
        }
        add("300 fields", with(fields.toString()));
        add("a name of 100,000", with(",\"" + "x".repeat(100_000) + "\":1"));
    }

    private void twins() {
        add("two models", with(",\"model\":\"cloud\""));
        add("two models, one escaped", with(",\"mod\\u0065l\":\"cloud\""));
        add("two messages", with(",\"messages\":[{\"role\":\"user\",\"content\":\"Ho\"}]"));
        add("two of an unknown field", with(",\"x\":1,\"x\":1"));
        add("two, one of them null", with(",\"stream\":null,\"stream\":true"));
        add("two in stream_options", with(",\"stream_options\":{\"include_usage\":true,\"include_usage\":false}"));
        add("two roles", message("\"role\":\"user\",\"role\":\"system\""));
        add("two contents, one escaped", message("\"role\":\"user\",\"content\":\"a\",\"c\\u006fntent\":\"b\""));
        add(
                "two types of a part",
                message(
                        "\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"},\"type\":\"text\"}]"));
        add(
                "two texts of a part",
                message("\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"te\\u0078t\":\"b\"}]"));
    }

    private void numbers() {
        for (String field : List.of("n", "max_tokens", "max_completion_tokens")) {
            for (String value : List.of("0", "-1", "2147483648", "9223372036854775808", "1e2", "9".repeat(500))) {
                add(field + " of " + (value.length() > 20 ? "500 digits" : value), with(",\"" + field + "\":" + value));
            }
        }
        add("a temperature beyond all doubles", with(",\"temperature\":1e999"));
        add("an exponent beyond all integers", with(",\"temperature\":1e99999999999"));
        add("an integer of 100,000 digits", with(",\"seed\":" + "9".repeat(100_000)));
        add("a fraction of 100,000 digits", with(",\"x\":0." + "9".repeat(100_000)));
    }
}
