package dev.fogline.policies;

import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.util.Map;
import java.util.Set;

/**
 * What conditions may ask of a request beside its size and its findings.
 *
 * @param messages how many it has
 * @param model the name that the caller asked for
 * @param headers those that the policy lists ({@link Policy#headers()}) and the request has; names in lower case
 * @param custom how often each entry of {@code privacy.custom} was found, by its id
 * @param values how many different values of each kind were found; of a kind that it leaves out each finding is one
 * @param subjects what it is about
 * @param tenant the name of the key that the caller sent; empty without one
 */
public record RequestDetails(
        int messages,
        Language language,
        String model,
        Map<String, String> headers,
        Map<String, Integer> custom,
        Map<FindingKind, Integer> values,
        Set<Subject> subjects,
        String tenant) {
    /** One message, for the model {@code auto}. */
    public static final RequestDetails ORDINARY = new RequestDetails(1, Language.EN, "auto", Map.of());

    public RequestDetails {
        headers = Map.copyOf(headers);
        custom = Map.copyOf(custom);
        values = Map.copyOf(values);
        subjects = Set.copyOf(subjects);
    }

    /** Of a caller without a key, about nothing, and without any entry of {@code privacy.custom}. */
    public RequestDetails(int messages, Language language, String model, Map<String, String> headers) {
        this(messages, language, model, headers, Content.NOTHING, "");
    }

    /** What it holds as it was found. */
    public RequestDetails(
            int messages,
            Language language,
            String model,
            Map<String, String> headers,
            Content content,
            String tenant) {
        this(messages, language, model, headers, content.custom(), content.values(), content.subjects(), tenant);
    }
}
