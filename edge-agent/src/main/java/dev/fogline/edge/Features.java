package dev.fogline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Recognises what a request asks for beyond plain text. The names are those of {@code refuses} in the status. */
final class Features {
    private static final Map<String, Predicate<JsonNode>> USED = used();

    private Features() {}

    private static Map<String, Predicate<JsonNode>> used() {
        Map<String, Predicate<JsonNode>> used = new LinkedHashMap<>();
        used.put("audio", r -> r.path("audio").isObject() || hasPart(r, "input_audio") || wantsAudio(r));
        used.put("file", r -> hasPart(r, "file") || hasPart(r, "input_file"));
        used.put("functions", r -> !r.path("functions").isEmpty());
        used.put("grammar", r -> r.has("grammar") || r.has("json_schema") || r.has("grammar_lazy"));
        used.put("image", r -> hasPart(r, "image_url") || hasPart(r, "image") || hasPart(r, "video_url"));
        used.put("logprobs", r -> r.path("logprobs").asBoolean());
        used.put("n", r -> r.path("n").asLong(1) > 1);
        used.put("remote_media", Features::hasRemoteMedia);
        used.put("tools", r -> !r.path("tools").isEmpty());
        used.put("web_search_options", r -> r.has("web_search_options"));
        return used;
    }

    /** The first feature that the request uses and the model refuses; null if there is none. */
    static @Nullable String refused(JsonNode request, List<String> refuses) {
        for (Map.Entry<String, Predicate<JsonNode>> feature : USED.entrySet()) {
            if (refuses.contains(feature.getKey()) && feature.getValue().test(request)) {
                return feature.getKey();
            }
        }
        return null;
    }

    private static boolean hasPart(JsonNode request, String type) {
        for (JsonNode message : request.path("messages")) {
            for (JsonNode part : message.path("content")) {
                if (part.path("type").asText().equals(type)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean wantsAudio(JsonNode request) {
        for (JsonNode modality : request.path("modalities")) {
            if (modality.asText().equals("audio")) {
                return true;
            }
        }
        return false;
    }

    /** Engines fetch such an address, which tells a stranger of the request and can be pointed anywhere. */
    private static boolean hasRemoteMedia(JsonNode request) {
        for (JsonNode message : request.path("messages")) {
            for (JsonNode part : message.path("content")) {
                for (String kind : new String[] {"image_url", "video_url", "audio_url", "input_audio", "file"}) {
                    JsonNode media = part.path(kind);
                    String url = media.isTextual()
                            ? media.asText()
                            : media.path("url").asText("");
                    if (!url.isEmpty() && !url.regionMatches(true, 0, "data:", 0, 5)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
