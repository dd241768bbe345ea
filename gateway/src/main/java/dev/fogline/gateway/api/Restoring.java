package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fogline.gateway.api.SseEvent.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values back into one answer, whatever its texts are called, and however a stream cuts them: each text of each
 * choice is read on its own, and only what may still become a placeholder is held back. What has nothing to restore stays
 * byte for byte.
 *
 * <p>Used by one thread only.
 */
public final class Restoring {
    /** Texts of one answer that may be held back at a time; an answer that has more of them is none. */
    private static final int MOST_FIELDS = 512;

    /** Told whenever something that was held back goes on. */
    public interface Observer {
        void heldBack(int bytes, long nanos);
    }

    private final Placeholders placeholders;
    private final boolean contentIsJson;
    private final LongSupplier nanos;
    private final Observer observer;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    /** An event without its choices, for what is to be said when no event says it. */
    private byte @Nullable [] head;

    private byte @Nullable [] tail;
    private int restored;
    private int unresolved;
    private int logprobsRemoved;

    /** A text of the answer of which something is not settled yet. */
    private record Field(int choice, Path path, RestoredText text, long since) {}

    /**
     * @param contentIsJson the request asked for JSON, so a value is escaped as in JSON
     * @param nanos any clock
     */
    public Restoring(Placeholders placeholders, boolean contentIsJson, LongSupplier nanos, Observer observer) {
        this.placeholders = placeholders;
        this.contentIsJson = contentIsJson;
        this.nanos = nanos;
        this.observer = observer;
    }

    /** How many placeholders have been resolved. */
    public int restored() {
        return restored;
    }

    /** How many looked like placeholders and were none of this request's: altered, made up, or cut off. */
    public int unresolved() {
        return unresolved;
    }

    /** From how many choices or chunks the probabilities of their tokens were taken, since their text is another now. */
    public int logprobsRemoved() {
        return logprobsRemoved;
    }

    /** A whole answer with its values; the same array where there is nothing to restore. */
    public byte[] whole(byte[] answer) {
        if (!OpenerSearch.mayHold(answer, 0, answer.length)) {
            return answer;
        }
        try {
            Rewritten rewritten = new Walk(answer, 0, answer.length, true).rewritten();
            return rewritten.data == null ? answer : rewritten.data;
        } catch (IOException e) {
            throw new IllegalStateException("the answer was read before");
        }
    }

    /**
     * What becomes of one event of a stream.
     *
     * @param before events to be sent before it, empty if none
     * @param data its data, null where it stays as it is
     */
    record Rewritten(byte[] before, byte @Nullable [] data) {}

    /** Whether nothing of a text waits for what comes next. */
    boolean holdsNothing() {
        return fields.isEmpty();
    }

    /** Null where the event stays as it is and nothing goes before it. */
    @Nullable
    Rewritten event(Slice data) {
        if (fields.isEmpty() && !OpenerSearch.mayHold(data.bytes(), data.start(), data.end())) {
            return null;
        }
        try {
            Rewritten rewritten = new Walk(data.bytes(), data.start(), data.end(), false).rewritten();
            return rewritten.data == null && rewritten.before.length == 0 ? null : rewritten;
        } catch (IOException e) {
            throw new IllegalStateException("the event was read before");
        }
    }

    /** Events with all that is still held back: nothing follows that could complete it. */
    byte[] rest() {
        var rest = new ByteArrayOutputStream();
        byte[] before = head;
        byte[] behind = tail;
        if (before != null && behind != null) {
            for (Field field : fields.values()) {
                release(field, before, behind, rest);
            }
        }
        fields.clear();
        return rest.toByteArray();
    }

    private void release(Field field, byte[] before, byte[] behind, ByteArrayOutputStream events) {
        String held = field.text.held();
        if (held.isEmpty()) {
            return;
        }
        unresolved += RestoredText.cut(held);
        observer.heldBack(held.getBytes(StandardCharsets.UTF_8).length, nanos.getAsLong() - field.since);
        events.writeBytes(ascii("data: "));
        events.writeBytes(before);
        events.writeBytes(("[{\"index\":" + field.choice + "," + field.path.members(held) + ",\"finish_reason\":null}]")
                .getBytes(StandardCharsets.UTF_8));
        events.writeBytes(behind);
        events.writeBytes(ascii("\n\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One pass over an answer or a chunk of one. */
    private final class Walk {
        private final byte[] bytes;
        private final int base;
        private final int end;
        private final boolean whole;
        private final JsonParser parser;
        private final List<Edit> edits = new ArrayList<>();
        private final ByteArrayOutputStream before = new ByteArrayOutputStream();
        private final List<Choice> choices = new ArrayList<>();
        private int choicesStart = -1;
        private int choicesEnd = -1;
        private int usageStart = -1;
        private int usageEnd = -1;

        private record Edit(int start, int end, String by) {}

        private record Text(Path path, int start, int end, String said) {}

        private static final class Choice {
            private int index;
            private boolean finished;
            private final List<Text> texts = new ArrayList<>();
            private int logprobsStart = -1;
            private int logprobsEnd = -1;
        }

        Walk(byte[] bytes, int start, int end, boolean whole) throws IOException {
            this.bytes = bytes;
            this.base = start;
            this.end = end;
            this.whole = whole;
            this.parser = TextWalk.JSON.createParser(bytes, start, end - start);
        }

        Rewritten rewritten() throws IOException {
            try (parser) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    int start = tokenStart();
                    if (name.equals("choices") && value == JsonToken.START_ARRAY) {
                        choices();
                        choicesStart = start;
                        choicesEnd = position();
                    } else {
                        parser.skipChildren();
                        if (name.equals("usage")) {
                            usageStart = start;
                            usageEnd = position();
                        }
                    }
                }
            }
            choices.forEach(this::restore);
            keepFrame();
            return new Rewritten(before.toByteArray(), edits.isEmpty() ? null : edited());
        }

        private void choices() throws IOException {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    choice();
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void choice() throws IOException {
            var choice = new Choice();
            choices.add(choice);
            choice.finished = whole;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "index" -> choice.index = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
                    case "finish_reason" -> {
                        choice.finished |= value == JsonToken.VALUE_STRING;
                        parser.skipChildren();
                    }
                    case "logprobs" -> {
                        int start = tokenStart();
                        parser.skipChildren();
                        if (value == JsonToken.START_OBJECT) {
                            choice.logprobsStart = start;
                            choice.logprobsEnd = position();
                        }
                    }
                    default -> texts(new Path(null, name, null), choice.texts);
                }
            }
        }

        private void texts(Path path, List<Text> found) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_STRING) {
                int start = tokenStart();
                String said = parser.getText();
                found.add(new Text(path, start, position(), said));
            } else if (token == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    // Members of a list of a stream say by their index which one they go on with.
                    if (name.equals("index") && path.index != null && value == JsonToken.VALUE_NUMBER_INT) {
                        path.index[0] = parser.getIntValue();
                    } else {
                        texts(new Path(path, name, null), found);
                    }
                }
            } else if (token == JsonToken.START_ARRAY) {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    texts(new Path(path, "", new int[] {i}), found);
                }
            }
        }

        private void restore(Choice choice) {
            boolean changed = false;
            for (Text text : choice.texts) {
                changed |= restore(choice, text);
            }
            if (choice.finished && !whole) {
                flush(choice.index);
            }
            if (changed && choice.logprobsStart >= 0) {
                logprobsRemoved++;
                edits.add(new Edit(choice.logprobsStart, choice.logprobsEnd, "null"));
            }
        }

        private boolean restore(Choice choice, Text text) {
            boolean json =
                    text.path.name.equals(TextWalk.ARGUMENTS) || (contentIsJson && text.path.name.equals("content"));
            String key = choice.index + text.path.toString();
            Field field = fields.isEmpty() ? null : fields.remove(key);
            if (field == null) {
                if (text.said.indexOf(Placeholders.OPENER) < 0 && !(json && text.said.indexOf('\\') >= 0)) {
                    return false;
                }
                field = new Field(choice.index, text.path, new RestoredText(placeholders, json), nanos.getAsLong());
            }
            RestoredText state = field.text;
            int heldBefore = state.held().getBytes(StandardCharsets.UTF_8).length;
            String now = state.next(text.said, choice.finished || fields.size() >= MOST_FIELDS);
            restored += state.restored();
            unresolved += state.unresolved();
            if (state.held().isEmpty() && heldBefore > 0) {
                observer.heldBack(heldBefore, nanos.getAsLong() - field.since);
            }
            if (!state.settled()) {
                boolean goesOn = heldBefore > 0 && !state.held().isEmpty();
                fields.put(key, new Field(choice.index, text.path, state, goesOn ? field.since : nanos.getAsLong()));
            }
            if (now.equals(text.said)) {
                return false;
            }
            edits.add(new Edit(text.start, text.end, '"' + JsonText.escaped(now) + '"'));
            return true;
        }

        /** A choice that is done says nothing more, so what was held back of its other texts goes before. */
        private void flush(int choice) {
            Iterator<Field> left = fields.values().iterator();
            while (left.hasNext()) {
                Field field = left.next();
                if (field.choice == choice) {
                    release(field, frameHead(), frameTail(), before);
                    left.remove();
                }
            }
        }

        private void keepFrame() {
            if (!whole && !fields.isEmpty()) {
                head = frameHead();
                tail = frameTail();
            }
        }

        private byte[] frameHead() {
            return frame(base, choicesStart);
        }

        private byte[] frameTail() {
            return frame(choicesEnd, end);
        }

        /** On one line, and without usage, which is said once. */
        private byte[] frame(int from, int to) {
            var frame = new ByteArrayOutputStream(to - from);
            boolean usage = usageStart >= from && usageEnd <= to;
            frame.write(bytes, from, (usage ? usageStart : to) - from);
            if (usage) {
                frame.writeBytes(ascii("null"));
                frame.write(bytes, usageEnd, to - usageEnd);
            }
            return frame.toByteArray();
        }

        private byte[] edited() {
            edits.sort(java.util.Comparator.comparingInt(Edit::start));
            var edited = new ByteArrayOutputStream(end - base + 64);
            int from = base;
            for (Edit edit : edits) {
                edited.write(bytes, from, edit.start - from);
                edited.writeBytes(edit.by.getBytes(StandardCharsets.UTF_8));
                from = edit.end;
            }
            edited.write(bytes, from, end - from);
            return edited.toByteArray();
        }

        private int tokenStart() {
            return base + (int) parser.currentTokenLocation().getByteOffset();
        }

        private int position() throws IOException {
            parser.finishToken();
            return base + (int) parser.currentLocation().getByteOffset();
        }
    }

    /**
     * Where in a choice a text stands.
     *
     * @param name empty for a member of a list
     * @param index of that member, known once it has been read
     */
    private record Path(@Nullable Path parent, String name, int @Nullable [] index) {
        /** The text alone, with all that it stands in. */
        String members(String text) {
            String inner = '"' + JsonText.escaped(text) + '"';
            Path at = this;
            while (at != null) {
                Path above = at.parent;
                if (at.index == null) {
                    inner = '"' + JsonText.escaped(at.name) + "\":" + inner;
                    inner = above == null ? inner : above.index == null ? '{' + inner + '}' : inner;
                } else {
                    inner = "[{\"index\":" + at.index[0] + ',' + inner + "}]";
                }
                at = above;
            }
            return inner;
        }

        @Override
        public String toString() {
            return (parent == null ? "" : parent.toString()) + (index == null ? '.' + name : "[" + index[0] + "]");
        }
    }
}
