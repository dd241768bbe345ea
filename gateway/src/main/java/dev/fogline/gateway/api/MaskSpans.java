package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.Finding;
import dev.fogline.policies.privacy.FindingKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Where in a text something is to be masked, in the forms in which the detectors read it, see {@link TextWalk}. */
final class MaskSpans {
    /** A stretch of the text, and the value that it says. */
    record Span(int start, int end, FindingKind kind, String value) {}

    /** Of one text. Whoever sends more lets the edge answer. */
    private static final int MOST = 4096;

    private final Detectors detectors;
    private final Predicate<FindingKind> masked;

    MaskSpans(Detectors detectors, Predicate<FindingKind> masked) {
        this.detectors = detectors;
        this.masked = masked;
    }

    /**
     * @param arguments the text is the JSON of a tool's arguments, which must stay JSON
     * @return sorted, without overlaps
     * @throws UnmaskableException if a span cannot be replaced
     */
    List<Span> of(String text, boolean arguments) {
        return of(text, detectors.find(text), arguments, TextWalk.NESTED_JSON);
    }

    /**
     * Of a text that has been read.
     *
     * @param found what the detectors find in it
     * @return sorted, without overlaps
     */
    List<Span> of(String text, List<Finding> found) {
        return of(text, found, false, TextWalk.NESTED_JSON);
    }

    private List<Span> of(String text, List<Finding> found, boolean arguments, int depth) {
        var spans = new ArrayList<Span>();
        boolean json = depth > 0 && TextWalk.looksLikeJson(text) && nested(text, arguments, depth, spans);
        List<Span> inside = List.copyOf(spans);
        for (Finding finding : found) {
            if (masked.test(finding.kind())) {
                boolean rigid = arguments
                        && (json
                                || text.substring(finding.start(), finding.end())
                                                .indexOf('\\')
                                        >= 0);
                if (!rigid) {
                    add(spans, span(text, finding, 0));
                } else if (inside.stream().noneMatch(span -> covers(span, finding))) {
                    throw new UnmaskableException();
                }
            }
        }
        return settled(text, spans, arguments);
    }

    private static void add(List<Span> spans, Span span) {
        if (spans.size() == MOST) {
            throw new UnmaskableException();
        }
        spans.add(span);
    }

    private static boolean covers(Span span, Finding finding) {
        return span.start <= finding.start() && finding.end() <= span.end;
    }

    private static Span span(String text, Finding finding, int from) {
        int start = Math.max(finding.start(), from);
        return new Span(start - from, finding.end() - from, finding.kind(), text.substring(start, finding.end()));
    }

    /** What the detectors find in a text when it stands behind another, as a value behind its key. */
    List<Span> behind(String before, String text) {
        var spans = new ArrayList<Span>();
        String all = before + text;
        for (Finding finding : detectors.find(all)) {
            if (masked.test(finding.kind()) && finding.end() > before.length()) {
                spans.add(span(all, finding, before.length()));
            }
        }
        return spans;
    }

    /** Overlapping spans become one, which says what is written there. */
    static List<Span> settled(String text, List<Span> spans, boolean arguments) {
        if (spans.size() < 2) {
            return spans;
        }
        spans.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
        var settled = new ArrayList<Span>(spans.size());
        for (Span next : spans) {
            Span before = settled.isEmpty() ? null : settled.getLast();
            if (before == null || next.start >= before.end) {
                settled.add(next);
            } else if (next.end > before.end) {
                if (arguments) {
                    throw new UnmaskableException();
                }
                int end = Math.max(before.end, next.end);
                settled.set(
                        settled.size() - 1,
                        new Span(before.start, end, before.kind, text.substring(before.start, end)));
            }
        }
        return settled;
    }

    /** Adds what the values inside hold; false when the text is no JSON to its end. */
    private boolean nested(String text, boolean arguments, int depth, List<Span> spans) {
        try (JsonParser parser = TextWalk.JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                JsonToken token = parser.currentToken();
                if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING || token.isNumeric()) {
                    inside(parser, text, token, arguments, depth, spans);
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void inside(JsonParser parser, String text, JsonToken token, boolean arguments, int depth, List<Span> spans)
            throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.finishToken();
        boolean quoted = !token.isNumeric();
        String key = parser.currentName();
        // Behind a key the parser has read on to the colon.
        int end = token == JsonToken.FIELD_NAME
                ? endOfString(text, start)
                : token.isNumeric()
                        ? start + parser.getTextLength()
                        : (int) parser.currentLocation().getCharOffset();
        int from = quoted ? start + 1 : start;
        JsonText inner = JsonText.of(text.substring(from, quoted ? end - 1 : end));
        List<Span> found = new ArrayList<>(of(inner.text(), detectors.find(inner.text()), arguments, depth - 1));
        if (token != JsonToken.FIELD_NAME && key != null) {
            found.addAll(behind(key + ": ", inner.text()));
            found = settled(inner.text(), found, arguments);
        }
        if (arguments && token != JsonToken.VALUE_STRING && !found.isEmpty()) {
            throw new UnmaskableException();
        }
        for (Span span : found) {
            add(
                    spans,
                    new Span(from + inner.written(span.start), from + inner.written(span.end), span.kind, span.value));
        }
    }

    private static int endOfString(String text, int quote) {
        int i = quote + 1;
        while (text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }
}
