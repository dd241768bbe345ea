package dev.fogline.gateway.api;

import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Tier;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The limits and wishes that a caller puts into headers.
 *
 * @param deadlineMs from the arrival of the request to the end of the answer
 */
public record RequestHeaders(
        Optional<Tier> tier,
        Optional<Sensitivity> sensitivity,
        Optional<Long> deadlineMs,
        Optional<Double> maxCostUsd) {

    /** @throws FailureException that names a malformed header */
    public static RequestHeaders of(MultiMap headers) {
        return new RequestHeaders(
                read(headers, "X-Fogline-Tier", "edge or cloud", text -> Tier.valueOf(text.toUpperCase(Locale.ROOT))),
                read(
                        headers,
                        "X-Fogline-Sensitivity",
                        "public, internal, confidential or restricted",
                        text -> Sensitivity.valueOf(text.toUpperCase(Locale.ROOT))),
                read(
                        headers,
                        "X-Fogline-Deadline-Ms",
                        "a whole number from 1 to 86400000",
                        RequestHeaders::milliseconds),
                read(headers, "X-Fogline-Max-Cost-Usd", "a number of at least 0", RequestHeaders::dollars));
    }

    private static long milliseconds(String text) {
        long value = Long.parseLong(text);
        if (value < 1 || value > 86_400_000) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static double dollars(String text) {
        double value = Double.parseDouble(text);
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static <T> Optional<T> read(MultiMap headers, String name, String form, Function<String, T> parse) {
        String value = headers.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(value.strip()));
        } catch (IllegalArgumentException e) {
            throw new FailureException(new Failure.Invalid("the header " + name + " must be " + form));
        }
    }
}
