package dev.fogline.policies;

import java.util.Map;

/**
 * What conditions may ask of a request beside its size and its findings.
 *
 * @param messages how many it has
 * @param model the name that the caller asked for
 * @param headers those that the policy lists ({@link Policy#headers()}) and the request has; names in lower case
 * @param custom how often each entry of {@code privacy.custom} was found, by its id
 */
public record RequestDetails(
        int messages, Language language, String model, Map<String, String> headers, Map<String, Integer> custom) {
    /** One message, for the model {@code auto}. */
    public static final RequestDetails ORDINARY = new RequestDetails(1, Language.EN, "auto", Map.of());

    public RequestDetails {
        headers = Map.copyOf(headers);
        custom = Map.copyOf(custom);
    }

    /** Without any entry of {@code privacy.custom}. */
    public RequestDetails(int messages, Language language, String model, Map<String, String> headers) {
        this(messages, language, model, headers, Map.of());
    }
}
