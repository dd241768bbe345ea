package dev.fogline.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The edits of {@link BodyEdit}, and beside each what it does to the tree. */
final class TreeEdit {
    /** Each bit of a number is one kind of edit. */
    static final int KINDS = 7;

    private TreeEdit() {}

    /** Asks for the edits and returns the tree as they should leave it. */
    static ObjectNode both(int edits, BodyEdit edit, ObjectNode before) {
        ObjectNode tree = before.deepCopy();
        if ((edits & 1) != 0) {
            edit.model("up/\"stream\"");
            tree.put("model", "up/\"stream\"");
        }
        if ((edits & 2) != 0) {
            edit.rename("max_tokens", "max_completion_tokens");
            if (tree.has("max_tokens") && !tree.has("max_completion_tokens")) {
                tree.set("max_completion_tokens", tree.remove("max_tokens"));
            }
        }
        if ((edits & 4) != 0) {
            edit.replaceText("user", text -> text + "\u4f60\"");
            if (tree.path("user").isTextual()) {
                tree.put("user", tree.get("user").textValue() + "\u4f60\"");
            }
        }
        if ((edits & 8) != 0) {
            edit.drop("y").drop("temperature");
            tree.remove(List.of("y", "temperature"));
        }
        if ((edits & 16) != 0) {
            edit.drop("stream_options");
            tree.remove("stream_options");
        } else if ((edits & 32) != 0) {
            edit.askForUsage();
            ObjectNode options =
                    tree.get("stream_options") instanceof ObjectNode object ? object : tree.putObject("stream_options");
            options.put("include_usage", true);
        }
        if ((edits & 64) != 0 && !tree.hasNonNull("max_tokens") && !tree.hasNonNull("max_completion_tokens")) {
            edit.boundOutput("max_tokens", 9);
            tree.remove(List.of("max_tokens", "max_completion_tokens"));
            tree.put("max_tokens", 9);
        }
        return tree;
    }
}
