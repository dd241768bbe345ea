package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fogline.gateway.api.MaskSpans.Span;
import dev.fogline.policies.Policy;
import dev.fogline.policies.privacy.Finding;
import dev.fogline.policies.privacy.FindingKind;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what a request's body becomes where its policy masks some of what it holds. Only text is changed: contents of
 * messages, reasoning that a client sends back, arguments of tool calls. Where its texts for the model hold something is
 * known from reading them; what lies across the parts of one, inside JSON and in arguments is looked for again.
 */
public final class Masker {
    /** Further values than this in one request are no conversation. */
    private static final int MOST_VALUES = 2_000;

    private final ChatRequest request;
    private final Policy policy;
    private final Set<FindingKind> masked;
    private final MaskSpans spans;
    private final List<MaskedText> texts = new ArrayList<>();
    private final Set<String> typed = new HashSet<>();
    private @Nullable Place instruction;

    /**
     * Where an instruction can stand.
     *
     * @param before and after: what must stand around it there
     */
    private record Place(int at, String before, String after) {}

    private Masker(ChatRequest request, Policy policy) {
        this.request = request;
        this.policy = policy;
        this.masked = policy.mask().kinds(policy.levels(), request.content());
        this.spans = new MaskSpans(policy.detectors().ofSpans(), masked::contains);
    }

    /**
     * It takes as long as reading the request did, and must not run on an event loop for a large one.
     *
     * @throws UnmaskableException if something that must be masked cannot be
     */
    public static Masked mask(ChatRequest request, Policy policy) {
        Made made = make(request, policy);
        made.lastLook.at(made.masked);
        return made.masked;
    }

    /** What has been made, and how it is looked at before anybody gets it. */
    record Made(Masked masked, LastLook lastLook) {}

    static Made make(ChatRequest request, Policy policy) {
        BodyField messages = request.field("messages");
        if (messages == null) {
            throw new UnmaskableException();
        }
        var masker = new Masker(request, policy);
        int from = messages.valueStart();
        try (JsonParser parser = TextWalk.JSON.createParser(request.body(), from, messages.valueEnd() - from)) {
            masker.messages(parser, from);
            masker.typed();
        } catch (IOException e) {
            throw new UnmaskableException();
        }
        return new Made(masker.masked(), new LastLook(request, policy, masker.masked, masker.texts));
    }

    private void messages(JsonParser parser, int base) throws IOException {
        parser.nextToken();
        instruction = new Place(base + end(parser), "{\"role\":\"system\",\"content\":\"", "\"},");
        boolean told = false;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String role = "";
            Place inside = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "role" -> role = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                    case "content" -> inside = content(parser, base, value);
                    case "reasoning_content", "reasoning", "refusal" -> {
                        if (value == JsonToken.VALUE_STRING) {
                            text(parser, base, false);
                        } else {
                            parser.skipChildren();
                        }
                    }
                    case "tool_calls", "function_call" -> calls(parser, base);
                    default -> parser.skipChildren();
                }
            }
            if (!told && inside != null && (role.equals("system") || role.equals("developer"))) {
                // Many templates take one system message only: words for the model join the one that is there.
                instruction = inside;
                told = true;
            }
        }
    }

    /** Where in it something can be added. */
    private @Nullable Place content(JsonParser parser, int base, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            MaskedText text = text(parser, base, false);
            return new Place(text.end(), text.end() == text.start() ? "" : "\\n\\n", "");
        }
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return null;
        }
        int first = texts.size();
        boolean any = false;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            any = true;
            part(parser, base);
        }
        acrossParts(first);
        return new Place(
                base + (int) parser.currentTokenLocation().getByteOffset(),
                (any ? "," : "") + "{\"type\":\"text\",\"text\":\"",
                "\"}");
    }

    private void part(JsonParser parser, int base) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("text")) {
                text(parser, base, false);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Parts that follow each other are one text for the model: a value, or what says what it is, may be cut between them. */
    private void acrossParts(int first) {
        if (texts.size() - first < 2) {
            return;
        }
        var joined = new StringBuilder();
        for (MaskedText part : texts.subList(first, texts.size())) {
            joined.append(part.said());
        }
        List<Span> found = spans.of(joined.toString(), false);
        int from = 0;
        int next = 0;
        for (MaskedText part : texts.subList(first, texts.size())) {
            int length = part.said().length();
            List<Span> inPart = new ArrayList<>(part.spans());
            while (next < found.size() && found.get(next).start() < from + length) {
                Span span = found.get(next++);
                if (span.end() > from + length) {
                    throw new UnmaskableException();
                }
                inPart.add(new Span(span.start() - from, span.end() - from, span.kind(), span.value()));
            }
            part.spans(MaskSpans.settled(part.said(), inPart, false));
            part.found(null);
            from += length;
        }
    }

    private void calls(JsonParser parser, int base) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.VALUE_STRING && TextWalk.ARGUMENTS.equals(parser.currentName())) {
                text(parser, base, true);
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    private MaskedText text(JsonParser parser, int base, boolean arguments) throws IOException {
        int start = base + (int) parser.currentTokenLocation().getByteOffset() + 1;
        int end = base + end(parser) - 1;
        var text = new MaskedText(request.body(), start, end);
        if (arguments) {
            text.spans(spans.of(text.said(), true));
        } else {
            prose(text, parser);
        }
        texts.add(text);
        return text;
    }

    private void prose(MaskedText text, JsonParser parser) throws IOException {
        Map<Integer, List<Finding>> kept = request.found();
        List<Finding> found = kept == null
                ? policy.detectors().ofSpans().find(text.said())
                : kept.getOrDefault(text.start(), List.of());
        boolean json = mayBeJson(parser);
        if (!found.isEmpty() || json) {
            text.spans(spans.of(text.said(), found));
        }
        if (kept != null && !json) {
            text.found(found);
        }
    }

    private static boolean mayBeJson(JsonParser parser) throws IOException {
        return TextWalk.looksLikeJson(
                CharBuffer.wrap(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
    }

    private static int end(JsonParser parser) throws IOException {
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }

    /** What looks like a placeholder anywhere in the request, also where nothing is masked: the model reads it too. */
    private void typed() throws IOException {
        if (!OpenerSearch.mayHold(request.body(), 0, request.body().length)) {
            return;
        }
        try (JsonParser parser = TextWalk.JSON.createParser(request.body())) {
            while (parser.nextToken() != null) {
                JsonToken token = parser.currentToken();
                if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    typed(parser.getText(), TextWalk.NESTED_JSON);
                }
            }
        }
    }

    private void typed(String text, int depth) {
        Placeholders.ALIKE.matcher(text).results().forEach(found -> typed.add(found.group()));
        if (depth > 0 && text.indexOf('\\') >= 0) {
            String unescaped;
            try {
                unescaped = JsonText.of(text).text();
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return;
            }
            typed(unescaped, depth - 1);
        }
    }

    private Masked masked() {
        var values = new LinkedHashMap<String, FindingKind>();
        Set<FindingKind> redact = policy.mask().redact();
        for (MaskedText text : texts) {
            for (Span span : text.spans()) {
                FindingKind known = values.putIfAbsent(span.value(), span.kind());
                if (known != null && redact.contains(span.kind()) && !redact.contains(known)) {
                    values.put(span.value(), span.kind());
                }
            }
        }
        if (values.size() > MOST_VALUES) {
            throw new UnmaskableException();
        }
        Placeholders placeholders = Placeholders.of(values, redact, typed);
        var edits = new ArrayList<Masked.Edit>();
        for (MaskedText text : texts) {
            for (Span span : text.spans()) {
                edits.add(new Masked.Edit(
                        text.at(span.start()), text.at(span.end()), placeholders.of(span.value()), false));
            }
        }
        Place place = instruction;
        if (place != null && policy.mask().instructs()) {
            placeholders.first().ifPresent(example -> {
                String words = policy.mask().instruction().orElseGet(() -> Masked.instruction(request, example));
                edits.add(new Masked.Edit(
                        place.at, place.at, place.before + JsonText.escaped(words) + place.after, true));
            });
        }
        return new Masked(List.copyOf(edits), placeholders);
    }
}
