package dev.fogline.gateway.api;

import dev.fogline.gateway.api.MaskSpans.Span;
import dev.fogline.policies.privacy.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A string of a body, without its quotes, and what is to be masked in it. What it says is worked out when it is asked for. */
final class MaskedText {
    private final byte[] body;
    private final int start;
    private final int end;
    private List<Span> spans = List.of();
    private @Nullable List<Finding> found;
    private String written = "";
    private @Nullable JsonText text;
    private int walked;
    private int at;

    MaskedText(byte[] body, int start, int end) {
        this.body = body;
        this.start = start;
        this.end = end;
        this.at = start;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    List<Span> spans() {
        return spans;
    }

    void spans(List<Span> found) {
        spans = List.copyOf(found);
    }

    /** What the first reading found in it, if it was read as one text of its own and not as JSON too; else null. */
    @Nullable
    List<Finding> found() {
        return found;
    }

    void found(@Nullable List<Finding> inIt) {
        found = inIt;
    }

    String said() {
        return text().text();
    }

    private JsonText text() {
        JsonText made = text;
        if (made == null) {
            written = new String(body, start, end - start, StandardCharsets.UTF_8);
            made = JsonText.of(written);
            text = made;
        }
        return made;
    }

    /** Byte of the body at which a character stands. Asked in ascending order, so that a text is walked once. */
    int at(int character) {
        int until = text().written(character);
        for (; walked < until; walked++) {
            char c = written.charAt(walked);
            at += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
        }
        return at;
    }
}
