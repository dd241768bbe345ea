package dev.fogline.edge;

import java.util.List;
import java.util.TreeSet;

/**
 * What the model beside us can do, as far as it decides which requests are taken.
 *
 * @param context tokens of one slot
 * @param defaultMaxTokens bound of an answer when the request sets none
 * @param logprobs whether token probabilities are real
 * @param images whether pictures are taken, as {@code data:} URLs
 * @param estimateLength whether a long prompt has to be refused here because the engine would cut it silently
 */
record Capabilities(int context, int defaultMaxTokens, boolean logprobs, boolean images, boolean estimateLength) {

    List<String> modalities() {
        return images ? List.of("text", "image") : List.of("text");
    }

    /** Features that are answered with 400, because leaving them out would change the answer. */
    List<String> refuses() {
        TreeSet<String> names = new TreeSet<>(
                List.of("audio", "file", "functions", "grammar", "n", "remote_media", "tools", "web_search_options"));
        if (!images) {
            names.add("image");
        }
        if (!logprobs) {
            names.add("logprobs");
        }
        return List.copyOf(names);
    }
}
