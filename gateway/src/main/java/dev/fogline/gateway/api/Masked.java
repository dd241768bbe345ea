package dev.fogline.gateway.api;

import dev.fogline.policies.Language;
import java.util.List;

/** What a request's body becomes before it leaves, and what stands there for what. */
public record Masked(List<Edit> edits, Placeholders placeholders) {
    /**
     * Bytes of the body, and what takes their place.
     *
     * @param words for the model, and not a placeholder
     */
    record Edit(int start, int end, String by, boolean words) {}

    private static final String ENGLISH = "Marks such as %s stand for values that are kept from you. Treat each as the"
            + " value itself. Wherever you mean that value, write its mark exactly as it is, with its brackets; never"
            + " change, translate, explain or invent one.";

    private static final String CHINESE = "形如 %s 的标记代表对你保密的内容。请把每个标记当作该内容本身；凡需提到该内容之处，" + "原样写出标记（包括括号），不得改动、翻译、解释或编造。";

    /** In the language of the request, so that it does not draw the answer into another. */
    static String instruction(ChatRequest request, String example) {
        return (request.language() == Language.ZH ? CHINESE : ENGLISH).replace("%s", example);
    }

    /** Whether anything can come back in an answer. */
    public boolean restores() {
        return placeholders.any();
    }

    /** Estimate of what it adds to the prompt, on the safe side. */
    public int tokens() {
        int ascii = 0;
        int beyond = 0;
        for (Edit edit : edits) {
            for (int i = 0; i < edit.by.length(); i++) {
                if (edit.by.charAt(i) < 0x80) {
                    ascii++;
                } else {
                    beyond++;
                }
            }
        }
        return (int) Math.ceil(ascii / 3.5 + 1.5 * beyond);
    }

    /** Adds what is to be changed for the cloud. */
    public void in(BodyEdit edit) {
        edits.forEach(change -> edit.replaceBytes(change.start, change.end, change.by));
    }
}
