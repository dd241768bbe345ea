package dev.fogline.gateway.api;

import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Tier;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

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
    private static final CharSequence TIER = HttpHeaders.createOptimized("X-Fogline-Tier");
    private static final CharSequence SENSITIVITY = HttpHeaders.createOptimized("X-Fogline-Sensitivity");
    private static final CharSequence DEADLINE = HttpHeaders.createOptimized("X-Fogline-Deadline-Ms");
    private static final CharSequence MAX_COST = HttpHeaders.createOptimized("X-Fogline-Max-Cost-Usd");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?([eE]-?[0-9]{1,2})?");

    /** @throws FailureException that names a malformed header */
    public static RequestHeaders of(MultiMap headers) {
        return new RequestHeaders(
                read(headers, TIER, "edge or cloud", text -> Tier.valueOf(text.toUpperCase(Locale.ROOT))),
                read(
                        headers,
                        SENSITIVITY,
                        "public, internal, confidential or restricted",
                        text -> Sensitivity.valueOf(text.toUpperCase(Locale.ROOT))),
                read(headers, DEADLINE, "a whole number from 1 to 86400000", RequestHeaders::milliseconds),
                read(headers, MAX_COST, "a decimal number of at least 0", RequestHeaders::dollars));
    }

    private static long milliseconds(String text) {
        require(WHOLE, text);
        long value = Long.parseLong(text);
        if (value < 1 || value > 86_400_000) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static double dollars(String text) {
        require(DECIMAL, text);
        return Double.parseDouble(text);
    }

    /** Java's own parsers also take signs, hexadecimal, suffixes and digits of any script. */
    private static void require(Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
    }

    private static <T> Optional<T> read(MultiMap headers, CharSequence name, String form, Function<String, T> parse) {
        if (!headers.contains(name)) {
            return Optional.empty();
        }
        List<String> values = headers.getAll(name);
        try {
            // Of two that differ the weaker one might be taken.
            if (values.size() > 1) {
                throw new IllegalArgumentException();
            }
            return Optional.of(parse.apply(values.getFirst().strip()));
        } catch (IllegalArgumentException e) {
            throw new FailureException(
                    new Failure.Invalid("the header " + name + " must be there once and be " + form));
        }
    }
}
