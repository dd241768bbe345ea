package dev.fogline.policies.privacy;

/**
 * A password or key that a sentence, a table or a command names: "my password is ...", "密码设成了...", {@code --password ...},
 * {@code | password | ... |}, "use ... as the password". Where no more than a blank stands between the two, only what nobody
 * would write for another reason is a secret.
 */
record SpokenSecret(String word, FindingKind kind) implements Detector {
    /** Between the word and the value stands no more than "(Wi-Fi) is now set to " or "已经改成了：". */
    private static final int MOST_BETWEEN = 28;

    /** "for the server", "I use". */
    private static final int MOST_WORDS = 6;

    private static final int LEAST_KEY = 16;
    private static final int MOST_VALUE = 64;
    private static final String LINKS = "是为設设置改成了到作就：:=\n 「『";
    private static final String QUOTES = "\"'`";
    private static final String APART = " \t\r\n|->\u2192\"'`";
    private static final String TEMPLATES = "$<{%[(*";
    private static final String[] SAID = {
        "is", "was", "are", "now", "set", "changed", "reset", "to", "as", "ist", "es", "est"
    };
    private static final String[] OWNERS = {
        "the",
        "my",
        "our",
        "your",
        "a",
        "an",
        "his",
        "her",
        "their",
        "new",
        "old",
        "admin",
        "root",
        "db",
        "login",
        "wifi",
        "default",
        "temporary",
        "database",
        "account",
        "api",
        "access",
        "secret"
    };

    @Override
    public void at(Reading text, int at, Candidates found) {
        int end = at + word.length();
        boolean latin = word.charAt(0) < 128;
        if (!text.matches(at, word, true) || (latin && Ascii.alphanumeric(text.at(end)))) {
            return;
        }
        if (latin && kind == FindingKind.API_KEY && SecretName.of(text, at, end) != SecretName.KEY) {
            return; // "csrf token", "public key"
        }
        int from = behindBracket(text, end);
        int value = latin ? afterLatin(text, from) : afterChinese(text, from);
        boolean said = !latin || said(text, from, value) || (text.at(at - 1) == '-' && value > end);
        boolean behind = (value > end || !latin) && add(text, value, said, found);
        behind |= !behind && latin && later(text, end, found);
        if (!behind) {
            before(text, at, found);
        }
    }

    /** Behind "(for the Wi-Fi)". */
    private static int behindBracket(Reading text, int end) {
        int open = text.at(end) == ' ' ? end + 1 : end;
        if (text.at(open) == '(') {
            for (int i = open + 1; i < open + MOST_BETWEEN; i++) {
                if (text.at(i) == ')') {
                    return i + 1;
                }
            }
        }
        return end;
    }

    private static int afterChinese(Reading text, int end) {
        int i = end;
        while (i < end + MOST_BETWEEN && text.at(i) != 0 && LINKS.indexOf(text.at(i)) >= 0) {
            i++;
        }
        return i;
    }

    private int afterLatin(Reading text, int end) {
        int i = end;
        while (i < end + MOST_BETWEEN && text.at(end) != '-') {
            char c = text.at(i);
            int word = Ascii.letter(c) && !Ascii.alphanumeric(text.at(i - 1)) ? wordOf(SAID, text, i) : 0;
            if (word == 0 && (c == 0 || APART.indexOf(c) < 0) && !(assigned(c) && kind == FindingKind.PASSWORD)) {
                break; // a key behind such a sign is that of NamedSecret
            }
            i += Math.max(word, 1);
        }
        boolean quote = i > end && QUOTES.indexOf(text.at(i - 1)) >= 0;
        return quote ? i - 1 : i;
    }

    private static boolean assigned(char c) {
        return c == ':' || c == '=';
    }

    /** "password for the server is ..." */
    private boolean later(Reading text, int end, Candidates found) {
        int i = end;
        for (int words = 0; words < MOST_WORDS && text.at(i) == ' '; words++) {
            int start = i + 1;
            i = text.runEnd(start, Alphabet.ALPHANUMERIC, 12);
            if (words > 0 && text.matches(start, "is ", true)) {
                var value = Quoted.at(text, i + 1);
                boolean strong = value != null && Strength.unmistakable(text, value.from(), value.to());
                return strong && add(text, i + 1, kind == FindingKind.PASSWORD, found);
            }
        }
        return false;
    }

    private static int wordOf(String[] words, Reading text, int at) {
        for (String word : words) {
            if (text.matches(at, word, true) && !Ascii.alphanumeric(text.at(at + word.length()))) {
                return word.length();
            }
        }
        return 0;
    }

    private static boolean said(Reading text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (assigned(text.at(i)) || Ascii.letter(text.at(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean add(Reading text, int from, boolean said, Candidates found) {
        var value = Quoted.at(text, from);
        if (value == null || TEMPLATES.indexOf(text.at(value.from())) >= 0 || call(text, value)) {
            return false;
        }
        int to = value.to();
        while (!value.inQuotes() && to > value.from() && ".?:|".indexOf(text.at(to - 1)) >= 0) {
            to--;
        }
        if (secret(text, value.from(), to, said || value.inQuotes())) {
            found.add(kind, value.from(), to, 0.8, Evidence.CONTEXT);
            return true;
        }
        return false;
    }

    private static boolean call(Reading text, Quoted value) {
        char behind = text.at(value.to());
        return !value.inQuotes() && (behind == '(' || behind == '[' || behind == '{');
    }

    private boolean secret(Reading text, int from, int to, boolean said) {
        if (kind == FindingKind.API_KEY && !said) {
            return to - from >= LEAST_KEY && Strength.random(text, from, to);
        }
        return said ? Strength.password(text, from, to) : Strength.unmistakable(text, from, to);
    }

    /** "use ... as the password", "... is my admin password" */
    private void before(Reading text, int at, Candidates found) {
        int end = at;
        for (int words = 0; words < 4 && text.at(end - 1) == ' '; words++) {
            int start = text.runStart(end - 1, Alphabet.WORD, 12);
            if (wordOf(SAID, text, start) == end - 1 - start) {
                int to = start - 1 - (QUOTES.indexOf(text.at(start - 2)) >= 0 ? 1 : 0);
                int from = to;
                while (from > to - MOST_VALUE
                        && Ascii.visible(text.at(from - 1))
                        && QUOTES.indexOf(text.at(from - 1)) < 0) {
                    from--;
                }
                boolean strong = kind == FindingKind.API_KEY
                        ? to - from >= LEAST_KEY && Strength.random(text, from, to)
                        : Strength.unmistakable(text, from, to);
                if (text.at(start - 1) == ' ' && strong) {
                    found.add(kind, from, to, 0.7, Evidence.CONTEXT);
                }
                return;
            }
            if (wordOf(OWNERS, text, start) != end - 1 - start) {
                return;
            }
            end = start;
        }
    }
}
