package dev.fogline.policies.privacy;

/** A value that its name says is secret: {@code password=...}, {@code "apiKey": "..."}, {@code X-Api-Token: ...}. */
record NamedSecret() implements Detector {
    private static final Alphabet NAME = Alphabet.DOTTED;
    private static final int MOST_NAME = 48;
    private static final int MOST_BETWEEN = 16;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int value = at + 1;
        while (value < at + 4 && (text.at(value) == '=' || text.at(value) == '>' || text.at(value) == ' ')) {
            value++;
        }
        char first = text.at(value);
        if (!Ascii.visible(first) || first == '$' || first == '<' || first == '{' || first == '(' || first == '*') {
            return;
        }
        int nameEnd = at;
        while (nameEnd > at - 4
                && (text.at(nameEnd - 1) == ' '
                        || text.at(nameEnd - 1) == '"'
                        || text.at(nameEnd - 1) == '\''
                        || text.at(nameEnd - 1) == '\\'
                        || text.at(nameEnd - 1) == ':')) {
            nameEnd--;
        }
        int nameStart = text.runStart(nameEnd, NAME, MOST_NAME);
        if (nameEnd - nameStart < 3) {
            return;
        }
        SecretName name = nameEnd - nameStart == 5 && text.matches(nameStart, "value", true)
                ? nameBefore(text, nameStart)
                : SecretName.of(text, nameStart, nameEnd);
        if (name != SecretName.NONE) {
            judge(text, name, value, found);
        }
    }

    private static void judge(Reading text, SecretName name, int at, Candidates found) {
        var value = Quoted.at(text, name == SecretName.CREDENTIAL ? afterScheme(text, at) : at);
        if (value != null && secret(text, value, name)) {
            found.add(FindingKind.API_KEY, value.from(), value.to(), 0.85);
        }
    }

    /** In {@code key="password" value="..."} and {@code name: TOKEN, value: ...} the name is the word before. */
    private static SecretName nameBefore(Reading text, int from) {
        int end = from;
        while (end > from - MOST_BETWEEN && !NAME.has(text.at(end - 1))) {
            end--;
        }
        return SecretName.of(text, text.runStart(end, NAME, MOST_NAME), end);
    }

    private static boolean secret(Reading text, Quoted value, SecretName name) {
        char first = text.at(value.from());
        char behind = text.at(value.to());
        boolean template = first == '$' || first == '<' || first == '{' || first == '%' || first == '[';
        boolean call = !value.inQuotes() && (behind == '(' || behind == '[' || behind == '{');
        if (template || call) {
            return false;
        }
        return name == SecretName.PASSWORD
                ? Strength.password(text, value.from(), value.to())
                : Strength.random(text, value.from(), value.to());
    }

    /** "Authorization: Bearer ..." has the scheme before the secret. */
    private static int afterScheme(Reading text, int at) {
        int end = text.runEnd(at, Alphabet.WORD, 16);
        return text.at(end) == ' ' ? end + 1 : at;
    }
}
