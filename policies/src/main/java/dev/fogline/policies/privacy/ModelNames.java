package dev.fogline.policies.privacy;

/** Asks a model for the names in a text, piece by piece. */
final class ModelNames implements TextDetector {
    /** So much of the end of a piece is searched for a better place to cut. */
    private static final int LOOK_BACK = 4;

    private final NameModel model;
    private final int longest;

    ModelNames(NameModel model) {
        this.model = model;
        this.longest = model.longest();
    }

    @Override
    public void read(Reading text, Candidates found, TimeLimit limit) {
        for (int from = 0; from < text.length(); ) {
            limit.check();
            int to = end(text, from);
            String piece = text.span(from, to);
            for (NameModel.Name name : model.names(piece)) {
                if (name.start() < 0 || name.end() > piece.length() || name.start() >= name.end()) {
                    throw new IllegalStateException("a model of names answers with a span that is not in its text");
                }
                found.add(kind(name), from + name.start(), from + name.end(), Math.clamp(name.confidence(), 0.01, 1));
            }
            from = to;
        }
    }

    private static FindingKind kind(NameModel.Name name) {
        return switch (name.kind()) {
            case PERSON -> FindingKind.PERSON;
            case ORGANISATION -> FindingKind.ORGANISATION;
        };
    }

    /** Behind a sentence if one ends late in the piece, else behind a word. */
    private int end(Reading text, int from) {
        int most = Math.min(text.length(), from + longest);
        if (most == text.length()) {
            return most;
        }
        int word = most;
        for (int i = most; i > most - longest / LOOK_BACK; i--) {
            char c = text.at(i - 1);
            if (c == '\n' || c == '。' || (c == ' ' && ".!?".indexOf(text.at(i - 2)) >= 0)) {
                return i;
            }
            word = word == most && c == ' ' ? i : word;
        }
        return word < most || !Character.isHighSurrogate(text.at(most - 1)) ? word : most - 1;
    }
}
