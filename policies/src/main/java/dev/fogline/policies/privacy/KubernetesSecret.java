package dev.fogline.policies.privacy;

/** What a Kubernetes manifest of kind Secret holds under {@code data:}, in base64 under whatever name. */
record KubernetesSecret() implements Detector {
    private static final int MOST_BEFORE = 256;
    private static final int MOST_BEHIND = 512;
    private static final int LEAST_VALUE = 10;
    private static final int MOST_VALUE = 1024;
    private static final int MOST_LINES = 16;
    private static final Alphabet BLANK = Alphabet.of(" \t");
    private static final Alphabet QUOTES = Alphabet.of(" \"'\r");

    @Override
    public void at(Reading text, int at, Candidates found) {
        int data = data(text, at, at + MOST_BEHIND);
        if (data < 0) {
            data = data(text, Math.max(0, at - MOST_BEFORE), at);
        }
        if (data >= 0) {
            values(text, data, found);
        }
    }

    /** Behind "data:" on a line of its own. */
    private static int data(Reading text, int from, int to) {
        for (int i = from; i < to && text.at(i) != 0; i++) {
            if (text.at(i) == 'd' && text.matches(i, "data:\n", false) && !Ascii.alphanumeric(text.at(i - 1))) {
                return i + "data:".length();
            }
            if (text.at(i) == '-' && text.matches(i, "---", false)) {
                return -1; // the next manifest
            }
        }
        return -1;
    }

    private static void values(Reading text, int from, Candidates found) {
        int i = from;
        for (int line = 0; line < MOST_LINES && text.at(i) == '\n'; line++) {
            int name = text.runEnd(i + 1, BLANK, 32);
            int colon = text.runEnd(name, Alphabet.DOTTED, 64);
            if (name == i + 1 || colon == name || text.at(colon) != ':') {
                return;
            }
            int value = text.runEnd(colon + 1, QUOTES, 4);
            int end = text.runEnd(value, Alphabet.BASE64, MOST_VALUE);
            if (end - value >= LEAST_VALUE) {
                found.add(FindingKind.API_KEY, value, end, 0.85);
            }
            i = text.runEnd(end, QUOTES, 4);
        }
    }
}
