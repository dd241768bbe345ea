package dev.fogline.gateway.api;

import dev.fogline.policies.Language;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.Finding;
import dev.fogline.policies.privacy.FindingKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the client asked, with the raw body kept for forwarding untouched.
 *
 * @param fields the top-level fields in the order of the bytes
 * @param includeUsageField the field inside {@code stream_options}, if the client wrote it
 * @param includeUsage the client itself asked for usage in its stream
 * @param promptTokens estimate from the length of all texts, on the safe side
 * @param maxTokens the client's bound of the answer, 0 when it set none
 * @param messages how many it has
 * @param language by the scripts of its texts
 * @param choices how many answers it asks for, {@code n}
 * @param features what the request needs beyond plain text chat, see {@code RequestFacts}
 * @param sensitivity what the detectors make of every text in it
 * @param content what the detectors found in all its texts
 * @param fixed kinds of which at least one was found where no placeholder could stand
 * @param found in texts for the model, by the byte of the body at which each begins, behind its quotation mark; counted in
 *     characters of what the text says. Texts in which nothing was found are absent, and so is what JSON inside a text says.
 *     Null where there was too much to keep
 */
public record ChatRequest(
        byte[] body,
        List<BodyField> fields,
        @Nullable BodyField includeUsageField,
        String model,
        boolean stream,
        boolean includeUsage,
        int promptTokens,
        int messages,
        Language language,
        int maxTokens,
        int choices,
        Set<String> features,
        Sensitivity sensitivity,
        Content content,
        Set<FindingKind> fixed,
        @Nullable Map<Integer, List<Finding>> found) {

    /** How often each kind was found. */
    public Map<FindingKind, Integer> findings() {
        return content.findings();
    }

    @Nullable
    BodyField field(String name) {
        for (BodyField field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }
}
