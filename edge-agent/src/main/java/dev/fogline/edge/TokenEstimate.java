package dev.fogline.edge;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many tokens a conversation may have at most, give or take. Errs on the high side: it guards engines that cut a
 * prompt without a word. Letters make three to a token at worst in prose; digits and signs often stand alone; a
 * character beyond ASCII is up to two in small models.
 */
final class TokenEstimate {
    private static final int PER_MESSAGE = 6;

    private TokenEstimate() {}

    static long of(JsonNode messages) {
        long sixths = 0;
        for (JsonNode message : messages) {
            sixths += 6 * PER_MESSAGE + sixths(message.path("content"));
        }
        return sixths / 6;
    }

    private static long sixths(JsonNode node) {
        if (node.isTextual()) {
            return sixths(node.asText());
        }
        long sum = 0;
        for (JsonNode part : node) {
            sum += sixths(part.path("text").asText(""));
        }
        return sum;
    }

    private static long sixths(String text) {
        long sum = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                sum += Character.isLowSurrogate(c) ? 0 : 12;
            } else {
                sum += Character.isLetter(c) || c == ' ' ? 2 : 6;
            }
        }
        return sum;
    }
}
