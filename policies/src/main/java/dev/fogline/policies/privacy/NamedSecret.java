package dev.fogline.policies.privacy;

/**
 * A value that its name says is secret: {@code password=...}, {@code "apiKey": "..."}, {@code X-Api-Token: ...},
 * {@code <token>...</token>}, {@code put("token", "...")}, {@code var token string = "..."}.
 */
record NamedSecret() implements Detector {
    private static final Alphabet NAME = Alphabet.DOTTED;
    private static final Alphabet AFTER_NAME = Alphabet.of(" \"'`\\:?+.|*])");
    private static final Alphabet BEFORE_VALUE = Alphabet.of(" \t\r\n=>|:");
    private static final Alphabet BLANK = Alphabet.of(" \t\r\n");
    private static final int MOST_NAME = 48;
    private static final int MOST_BETWEEN = 16;
    private static final int LEAST_NUMBER = 15;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int nameEnd = nameEnd(text, at);
        if (nameEnd < 0) {
            return;
        }
        int nameStart = text.runStart(nameEnd, NAME, MOST_NAME);
        if (tooShort(text, nameStart, nameEnd) || (text.at(at) == '>' && !tag(text, nameStart, nameEnd, at))) {
            return;
        }
        int value = valueStart(text, at);
        char first = text.at(value);
        if (!Ascii.visible(first) || first == '$' || first == '<' || first == '{' || first == '(' || first == '*') {
            return;
        }
        boolean elsewhere = typeOrValue(text, nameStart, nameEnd);
        int end = elsewhere ? endBefore(text, nameStart) : nameEnd;
        int start = elsewhere ? text.runStart(end, NAME, MOST_NAME) : nameStart;
        SecretName name = SecretName.of(text, start, end);
        var quoted = Quoted.at(text, name == SecretName.CREDENTIAL ? afterScheme(text, value) : value);
        if (quoted != null && secret(text, name, start, end, quoted)) {
            found.add(name.kind(), quoted.from(), quoted.to(), 0.85);
        }
    }

    /** Of two letters there is only "pw". */
    private static boolean tooShort(Reading text, int from, int to) {
        return to - from < 3 && !(to - from == 2 && text.matches(from, "pw", true));
    }

    /** Behind the name that belongs to the sign, or -1 where the sign only separates words or compares numbers. */
    private static int nameEnd(Reading text, int at) {
        char sign = text.at(at);
        char before = text.at(at - 1);
        if (sign == ',') {
            // Arguments: a name and a value in quotes.
            if (!quoteWithin(text, at + 1, 3)) {
                return -1;
            }
            boolean quoted = before == '"' || before == '\'';
            return quoted ? text.at(at - 2) == '\\' ? at - 2 : at - 1 : at;
        }
        if (sign == '>') {
            return NAME.has(before) ? at : -1;
        }
        if (sign == '|' && text.at(at + 1) != '|') {
            return -1;
        }
        int end = at;
        while (end > at - 5 && AFTER_NAME.has(text.at(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean quoteWithin(Reading text, int from, int most) {
        for (int i = from; i < from + most; i++) {
            if (text.at(i) == '"' || text.at(i) == '\'') {
                return true;
            }
            if (text.at(i) != ' ' && text.at(i) != '\\') {
                return false;
            }
        }
        return false;
    }

    /** {@code <name>}, not {@code a>b} and not {@code </name>}; or the second half of {@code =>} and {@code ->}. */
    private static boolean tag(Reading text, int nameStart, int nameEnd, int at) {
        return text.at(nameStart - 1) == '<' && nameEnd == at;
    }

    private static int valueStart(Reading text, int at) {
        Alphabet between = text.at(at) == ',' || text.at(at) == '>' ? BLANK : BEFORE_VALUE;
        int value = at + 1;
        while (value < at + MOST_BETWEEN && between.has(text.at(value))) {
            value++;
        }
        return value;
    }

    /** In {@code key="password" value="..."}, {@code var token string = ...} the name is the word before. */
    private static boolean typeOrValue(Reading text, int from, int to) {
        int length = to - from;
        return (length == 5 && text.matches(from, "value", true))
                || (length == 6 && text.matches(from, "string", true));
    }

    private static int endBefore(Reading text, int from) {
        int end = from;
        while (end > from - MOST_BETWEEN && !NAME.has(text.at(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean secret(Reading text, SecretName name, int start, int end, Quoted value) {
        char first = text.at(value.from());
        char behind = text.at(value.to());
        boolean template = first == '$' || first == '<' || first == '{' || first == '%' || first == '[';
        boolean call = !value.inQuotes() && (behind == '(' || behind == '[' || behind == '{');
        if (template || call) {
            return false;
        }
        if (Alphabet.DIGITS.has(first) && text.runEnd(value.from(), Alphabet.DIGITS, 24) == value.to()) {
            return value.to() - value.from() >= LEAST_NUMBER
                    && name != SecretName.NO_SECRET
                    && end > start
                    && KeyWords.nameNumbers(text.span(start, end));
        }
        return switch (name) {
            case PASSWORD -> Strength.password(text, value.from(), value.to());
            case KEY, CREDENTIAL -> Strength.random(text, value.from(), value.to());
            case NO_SECRET -> false;
            case NONE -> Strength.machineMade(text, value.from(), value.to()) && named(text, start, end);
        };
    }

    private static boolean named(Reading text, int start, int end) {
        return end > start && KeyWords.nameKeys(text.span(start, end));
    }

    /** "Authorization: Bearer ..." has the scheme before the secret. */
    private static int afterScheme(Reading text, int at) {
        int end = text.runEnd(at, Alphabet.WORD, 16);
        return text.at(end) == ' ' ? end + 1 : at;
    }
}
