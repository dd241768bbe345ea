package dev.fogline.policies;

import java.util.Map;

/**
 * What conditions may ask of a request beside its size and its findings.
 *
 * @param messages how many it has
 * @param model the name that the caller asked for
 * @param headers those that the policy lists ({@link Policy#headers()}) and the request has; names in lower case
 */
public record RequestDetails(int messages, Language language, String model, Map<String, String> headers) {
    /** One message, for the model {@code auto}. */
    public static final RequestDetails ORDINARY = new RequestDetails(1, Language.EN, "auto", Map.of());

    public RequestDetails {
        headers = Map.copyOf(headers);
    }
}
