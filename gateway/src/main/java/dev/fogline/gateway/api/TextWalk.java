package dev.fogline.gateway.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.fogline.policies.Language;
import dev.fogline.policies.privacy.Finding;
import dev.fogline.policies.privacy.PromptScan;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands every decoded text of a request to the detectors and adds up how long the prompt is. */
final class TextWalk {
    /** JSON inside a string inside JSON, as in tool-call arguments, is read this deep. */
    static final int NESTED_JSON = 3;

    /** A longer value is read without its key: no single secret is that long, and joining the two copies it. */
    private static final int MEMBER = 4096;

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(128)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(64 * 1024)
                    .maxNumberLength(1000)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Findings of one request that are kept until it ends: 5 KB. Whoever needs more of them looks again. */
    static final int MOST_KEPT = 128;

    /** What a tool is called with: JSON as text. */
    static final String ARGUMENTS = "arguments";

    private final PromptScan scan;
    private final byte[] json;
    private final Map<Integer, List<Finding>> found = new HashMap<>();
    private int kept;
    private boolean arguments;
    private long ascii;
    private long beyondAscii;
    private long latin;
    private long han;
    private long otherScripts;

    /** @param json what the parser reads */
    TextWalk(PromptScan scan, byte[] json) {
        this.scan = scan;
        this.json = json;
    }

    /**
     * Tokens of all texts seen, estimated on the safe side: one for 3.5 ASCII characters and 1.5 for each other one (a
     * small English vocabulary spends one to two tokens on a Chinese character).
     */
    int tokens() {
        return (int) Math.min(1 << 30, Math.ceil(ascii / 3.5 + 1.5 * beyondAscii));
    }

    /** By the characters of whole strings; the schemas of tools are in English whoever writes. */
    Language language() {
        return Language.estimate(han, latin, otherScripts);
    }

    /** Walks the value at which the parser stands: its strings, the keys of its objects, its numbers as written. */
    void value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (!token.isStructStart()) {
            member(parser);
            return;
        }
        int depth = 1;
        while (depth > 0) {
            token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                member(parser);
            }
        }
    }

    /** The same of text for the model, in which a placeholder may stand. */
    void prose(JsonParser parser) throws IOException {
        scan.maskable(true);
        List<Finding> inIt = leaf(parser);
        kept += inIt.size();
        if (!inIt.isEmpty() && kept <= MOST_KEPT) {
            found.put((int) parser.currentTokenLocation().getByteOffset() + 1, inIt);
        }
        scan.maskable(false);
    }

    /** See {@link ChatRequest#found}. */
    @Nullable
    Map<Integer, List<Finding>> found() {
        return kept <= MOST_KEPT ? Map.copyOf(found) : null;
    }

    /** The same of a value that leaves only as a hash. */
    void hashed(JsonParser parser) throws IOException {
        scan.maskable(true);
        value(parser);
        scan.maskable(false);
    }

    /** The same of calls of tools: a placeholder may stand in a text of their arguments, and nowhere else. */
    void calls(JsonParser parser) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (!token.isStructStart() && !token.isStructEnd()) {
                arguments = token == JsonToken.VALUE_STRING && ARGUMENTS.equals(parser.currentName());
                scan.maskable(arguments);
                member(parser);
                scan.maskable(false);
                arguments = false;
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    /** A value says more beside its key: {@code "password":"..."}, {@code "idCard":"..."}. */
    private void member(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        String key = parser.currentName();
        boolean value = token == JsonToken.VALUE_STRING || token.isNumeric();
        if (value && key != null && parser.getTextLength() <= MEMBER) {
            text(key + ": " + parser.getText(), 0);
            nestedIn(parser.getText(), NESTED_JSON);
        } else {
            leaf(parser);
        }
    }

    /**
     * One string, key or number.
     *
     * @return what was found in a string or number
     */
    List<Finding> leaf(JsonParser parser) throws IOException {
        List<Finding> inIt = List.of();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.FIELD_NAME) {
            text(parser.currentName(), 0);
        } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
            char[] chars = parser.getTextCharacters();
            int from = parser.getTextOffset();
            int length = parser.getTextLength();
            if (plain(parser, length)) {
                inIt = scan.text(
                        chars,
                        from,
                        length,
                        json,
                        (int) parser.currentTokenLocation().getByteOffset() + 1);
                known(length);
            } else {
                int beyond = scripts(chars, from, length);
                inIt = scan.text(chars, from, length, beyond);
                latin += length - beyond;
            }
            CharSequence text = CharBuffer.wrap(chars, from, length);
            nestedIn(text, NESTED_JSON);
        }
        return inIt;
    }

    /** A string as long as its bytes is ASCII, and nothing in it was escaped: all else takes more bytes than characters. */
    private static boolean plain(JsonParser parser, int length) throws IOException {
        parser.finishToken();
        long bytes = parser.currentLocation().getByteOffset()
                - parser.currentTokenLocation().getByteOffset();
        return bytes == length + 2L && parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** ASCII in which there is nothing to find, or in which it has been looked for. */
    void known(int length) {
        ascii += length;
        latin += length;
    }

    /** A part of a message that no detector reads. */
    void unreadable() {
        scan.unreadable();
    }

    void text(CharSequence text, int nestedJson) {
        char[] chars = text.toString().toCharArray();
        int plain = 0;
        for (char c : chars) {
            plain += c < 0x80 ? 1 : 0;
        }
        scan.text(chars, 0, chars.length, chars.length - plain);
        ascii += plain;
        beyondAscii += chars.length - plain;
        nestedIn(text, nestedJson);
    }

    private void nestedIn(CharSequence text, int depth) {
        if (depth > 0 && looksLikeJson(text)) {
            nested(text.toString(), depth - 1);
        }
    }

    /**
     * Parts of a message that were counted one by one and are now seen as one text.
     *
     * @param ends where each of them ends
     */
    void again(CharSequence text, int[] ends) {
        scan.maskable(true);
        scan.joined(text, ends);
        scan.maskable(false);
    }

    /** Counts the characters by script and returns how many are not ASCII. */
    private int scripts(char[] chars, int from, int length) {
        int beyond = 0;
        for (int i = from; i < from + length; i++) {
            char c = chars[i];
            if (c >= 0x80) {
                beyond++;
                if (Language.han(c)) {
                    han++;
                } else if (Language.otherScript(c)) {
                    otherScripts++;
                }
            }
        }
        ascii += length - beyond;
        beyondAscii += beyond;
        return beyond;
    }

    static boolean looksLikeJson(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ') {
                return c == '{' || c == '[' || c == '"';
            }
        }
        return false;
    }

    /** Unicode escapes hide a value from whoever reads the string as it stands. */
    private void nested(String text, int nestedJson) {
        boolean maskable = scan.maskable();
        try (JsonParser parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                JsonToken token = parser.currentToken();
                // Arguments must stay JSON: a placeholder is no number, and a name is the tool's.
                scan.maskable(arguments ? token == JsonToken.VALUE_STRING : maskable);
                if (token == JsonToken.FIELD_NAME) {
                    scan.text(parser.currentName());
                } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
                    String inner = parser.getText();
                    String key = parser.currentName();
                    scan.text(key == null ? inner : key + ": " + inner);
                    nestedIn(inner, nestedJson);
                }
                scan.maskable(maskable);
            }
        } catch (IOException e) {
            // It only looked like JSON; as plain text it has been read already.
        }
    }
}
