package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The few changes that a body needs for one target; every other byte is forwarded as it came. */
public final class BodyEdit {
    private final ChatRequest request;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> dropped = new HashSet<>();

    public BodyEdit(ChatRequest request) {
        this.request = request;
    }

    /** Names the upstream's model. */
    public BodyEdit model(String name) {
        BodyField field = request.field("model");
        if (field != null && !request.model().equals(name)) {
            replace(field.valueStart(), field.valueEnd(), quoted(name));
        }
        return this;
    }

    /** Asks for usage at the end of a stream. */
    public BodyEdit askForUsage() {
        if (request.includeUsage()) {
            return this;
        }
        BodyField options = request.field("stream_options");
        BodyField include = request.includeUsageField();
        if (include != null) {
            replace(include.valueStart(), include.valueEnd(), "true");
        } else if (options != null && request.body()[options.valueStart()] == '{') {
            int inside = options.valueStart() + 1;
            replace(inside, inside, "\"include_usage\":true" + (isEmptyObject(options) ? "" : ","));
        } else if (options != null) {
            replace(options.valueStart(), options.valueEnd(), "{\"include_usage\":true}");
        } else {
            int inside = request.fields().getFirst().keyStart();
            replace(inside, inside, "\"stream_options\":{\"include_usage\":true},");
        }
        return this;
    }

    /** Replaces the text of a field by what becomes of it; does nothing when the field is absent or no string. */
    public BodyEdit replaceText(String name, UnaryOperator<String> by) {
        BodyField field = request.field(name);
        if (field == null || request.body()[field.valueStart()] != '"') {
            return this;
        }
        try (JsonParser value =
                TextWalk.JSON.createParser(request.body(), field.valueStart(), field.valueEnd() - field.valueStart())) {
            value.nextToken();
            replace(field.valueStart(), field.valueEnd(), quoted(by.apply(value.getText())));
        } catch (IOException e) {
            throw new IllegalStateException("the field was read before", e);
        }
        return this;
    }

    /** Calls a field by the name that the upstream knows; does nothing when the field is absent or both are there. */
    public BodyEdit rename(String from, String to) {
        BodyField field = request.field(from);
        if (field != null && request.field(to) == null) {
            // The name as written may hold escapes; its end is found from the colon backwards.
            int keyEnd = field.valueStart();
            while (request.body()[keyEnd - 1] != '"') {
                keyEnd--;
            }
            replace(field.keyStart(), keyEnd, quoted(to));
        }
        return this;
    }

    /** Bounds the answer of a request that does not do so itself; of two bounds a target might take the one that is null. */
    public BodyEdit boundOutput(String field, int tokens) {
        drop("max_tokens").drop("max_completion_tokens");
        int inside = request.fields().getFirst().keyStart();
        replace(inside, inside, quoted(field) + ":" + tokens + ",");
        return this;
    }

    /** Replaces bytes inside a field. */
    BodyEdit replaceBytes(int start, int end, String by) {
        replace(start, end, by);
        return this;
    }

    /** Leaves out a top-level field. */
    public BodyEdit drop(String name) {
        dropped.add(name);
        return this;
    }

    public Buffer apply() {
        return uncopied(bytes());
    }

    byte[] bytes() {
        if (!dropped.isEmpty()) {
            changes.removeIf(change -> request.fields().stream()
                    .anyMatch(field -> dropped.contains(field.name())
                            && change.start >= field.keyStart()
                            && change.end > field.keyStart()
                            && change.end <= field.valueEnd()));
            dropFields();
        }
        byte[] body = request.body();
        if (changes.isEmpty()) {
            return body;
        }
        // An insertion stands before a change that begins at the same byte.
        changes.sort(Comparator.comparingInt(Change::start).thenComparingInt(Change::end));
        int length = body.length;
        for (Change change : changes) {
            length += change.bytes.length - (change.end - change.start);
        }
        byte[] edited = new byte[length];
        int from = 0;
        int to = 0;
        for (Change change : changes) {
            System.arraycopy(body, from, edited, to, change.start - from);
            to += change.start - from;
            System.arraycopy(change.bytes, 0, edited, to, change.bytes.length);
            to += change.bytes.length;
            from = change.end;
        }
        System.arraycopy(body, from, edited, to, body.length - from);
        return edited;
    }

    /**
     * Nothing else in Vert.x makes a buffer of bytes without copying them. Whoever has sent it must not release it: it may
     * be sent again.
     */
    @SuppressWarnings("deprecation")
    private static Buffer uncopied(byte[] bytes) {
        return Buffer.buffer(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes)));
    }

    /** A run of dropped fields goes with the comma that follows it, or, at the end, with the one before it. */
    private void dropFields() {
        List<BodyField> fields = request.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!dropped.contains(fields.get(i).name())) {
                continue;
            }
            int last = i;
            while (last + 1 < fields.size()
                    && dropped.contains(fields.get(last + 1).name())) {
                last++;
            }
            if (last + 1 < fields.size()) {
                replace(fields.get(i).keyStart(), fields.get(last + 1).keyStart(), "");
            } else {
                int start = i > 0 ? fields.get(i - 1).valueEnd() : fields.get(i).keyStart();
                replace(start, fields.get(last).valueEnd(), "");
            }
            i = last;
        }
    }

    private boolean isEmptyObject(BodyField field) {
        for (int i = field.valueStart() + 1; i < field.valueEnd() - 1; i++) {
            if (request.body()[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    private void replace(int start, int end, String by) {
        changes.add(new Change(start, end, by.getBytes(StandardCharsets.UTF_8)));
    }

    /** In ASCII, so that half a surrogate pair, which JSON can escape and UTF-8 cannot hold, stays what it is. */
    private static String quoted(String text) {
        if (isPlain(text)) {
            return '"' + text + '"';
        }
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (char c : JsonStringEncoder.getInstance().quoteAsString(text)) {
            if (c < 0x80) {
                quoted.append(c);
            } else {
                quoted.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private record Change(int start, int end, byte[] bytes) {}
}
