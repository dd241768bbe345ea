package dev.fogline.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * One request that holds something private, drawn from a seed.
 *
 * @param text the value as its readers read it, with the words around it
 */
record PrivateRequest(
        int number,
        PrivateValue value,
        Writing writing,
        PrivatePlace place,
        boolean chinese,
        String written,
        byte[] body) {
    private static final List<String> ENGLISH = List.of(
            "Please keep it short.",
            "The meeting starts at 9:30 on Monday, room 4.",
            "We sold 1,250 units in 2025 and expect 15% more.",
            "Summarise the following paragraph in two sentences.",
            "Version 3.11.4 works; version 3.12 does not.");

    private static final List<String> CHINESE = List.of(
            "请简短回答。", "会议星期一上午9:30在4号会议室开始。", "我们2025年卖出1,250台，预计增长15%。", "请用两句话概括下面这段话。", "版本3.11.4可以用，3.12不行。");

    static PrivateRequest draw(long seed, int number) {
        var random = random(seed, number);
        PrivateValue.Kind[] kinds = PrivateValue.Kind.values();
        PrivateValue.Kind kind = kinds[number % kinds.length];
        Writing writing = Writing.values()[random.nextInt(Writing.values().length)];
        boolean chinese = random.nextBoolean();
        PrivateValue value = PrivateValue.draw(kind, chinese, random);
        PrivatePlace place;
        do {
            place = PrivatePlace.values()[random.nextInt(PrivatePlace.values().length)];
        } while (place.number() && !value.numeric());
        return of(number, value, writing, place, chinese, random);
    }

    /** Seeds that follow each other make {@link Random} begin alike. */
    static Random random(long seed, int number) {
        return new Random(new SplittableRandom(seed * 1_000_003 + number).nextLong());
    }

    static PrivateRequest of(
            int number, PrivateValue value, Writing writing, PrivatePlace place, boolean chinese, Random random) {
        List<String> filler = chinese ? CHINESE : ENGLISH;
        JsonObject body = new JsonObject()
                .put("model", "auto")
                .put(
                        "messages",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("role", "user")
                                        .put("content", filler.get(random.nextInt(filler.size())))));
        place.mark(body);
        String written = place.number() ? value.plain() : writing.of(value);
        String text = value.before() + written + value.after();
        if (random.nextInt(3) == 0) {
            text = filler.get(random.nextInt(filler.size())) + (chinese ? "" : " ") + text;
        }
        int cut = 1 + text.offsetByCodePoints(0, random.nextInt(text.length() - 1));
        boolean escaped = writing == Writing.ESCAPED;
        String json = body.encode()
                .replace('"' + PrivatePlace.NUMBER + '"', value.plain())
                .replace(PrivatePlace.NUMBER, value.plain())
                .replace(PrivatePlace.KEY, value.key())
                .replace(PrivatePlace.TEXT, string(text, escaped, 1))
                .replace(PrivatePlace.INNER, string(text, escaped, 2))
                .replace(PrivatePlace.INNERMOST, string(text, escaped, 3))
                .replace(PrivatePlace.FIRST, string(text.substring(0, cut), escaped, 1))
                .replace(PrivatePlace.REST, string(text.substring(cut), escaped, 1))
                .replace(PrivatePlace.VALUE, string(written, escaped, 1))
                .replace(PrivatePlace.INNER_VALUE, string(written, escaped, 2));
        return new PrivateRequest(
                number, value, writing, place, chinese, written, json.getBytes(StandardCharsets.UTF_8));
    }

    /** As it stands between the quotes of a string that lies in so many strings. */
    private static String string(String text, boolean escaped, int depth) {
        String inner = escaped ? escapes(text) : quoted(text);
        for (int i = 1; i < depth; i++) {
            inner = quoted(inner);
        }
        return inner;
    }

    private static String quoted(String text) {
        String encoded = new JsonArray().add(text).encode();
        return encoded.substring(2, encoded.length() - 2);
    }

    static String escapes(String text) {
        var escaped = new StringBuilder(6 * text.length());
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        return escaped.toString();
    }

    @Override
    public String toString() {
        return "request %d: %s %s at %s in %s"
                .formatted(number, value.kind(), writing, place, chinese ? "Chinese" : "English");
    }
}
