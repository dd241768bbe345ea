package dev.fogline.edge.model;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The record beside a model's file ({@code model.json}); written last, so that what has none is not a model yet.
 *
 * @param name in the store
 * @param references what people wrote to get it, so that the same words find it again without a network
 * @param file plain name of the file in the same folder
 * @param size in bytes
 * @param sha256 of the file, lower-case hexadecimal
 * @param source where it came from, without a query (which may be a signature)
 * @param licence SPDX where known
 * @param quantisation such as {@code Q4_K_M}, where the file's name tells
 * @param pulled when, as ISO 8601 in UTC
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StoredModel(
        String name,
        // One until a second way to say it was used.
        @JsonAlias("reference") @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> references,

        String file,
        long size,
        String sha256,
        String source,
        @Nullable String licence,
        @Nullable String quantisation,
        String pulled) {

    StoredModel {
        references = references == null ? List.of() : List.copyOf(references);
    }

    /** The same model, found by these words as well. */
    StoredModel alsoKnownAs(String reference) {
        List<String> all =
                Stream.concat(references.stream(), Stream.of(reference)).toList();
        return new StoredModel(name, all, file, size, sha256, source, licence, quantisation, pulled);
    }
}
