package dev.fogline.policies.privacy;

import org.jspecify.annotations.Nullable;

/** A value as it stands in code, configuration, JSON or a command: between quotes, or up to a sign that ends it. */
record Quoted(int from, int to, boolean inQuotes) {
    private static final int MOST = 256;
    private static final Alphabet ENDS = Alphabet.of("\"'`,;<>()[]{}&\\");

    /** The value that starts at {@code at}, its opening quote included; none if it is longer than any secret. */
    static @Nullable Quoted at(Reading text, int at) {
        int i = at;
        while (text.at(i) == '\\') {
            i++;
        }
        char quote = text.at(i);
        boolean quoted = quote == '"' || quote == '\'' || quote == '`';
        int from = quoted ? i + 1 : i;
        int to = from;
        while (to <= from + MOST && Ascii.visible(text.at(to)) && !ends(text, to, quoted ? quote : 0)) {
            to++;
        }
        return to == from || to > from + MOST ? null : new Quoted(from, to, quoted);
    }

    private static boolean ends(Reading text, int at, char quote) {
        char c = text.at(at);
        return quote == 0 ? ENDS.has(c) : c == quote || (c == '\\' && text.at(at + 1) == quote);
    }
}
