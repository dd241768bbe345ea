package dev.fogline.policies.privacy;

/** Bytes that stand in a text as base64: {@code data:image/png;base64,...}. Nobody reads an image so. */
final class DataUrl implements Detector {
    static final String ANCHOR = "base64,";

    /** The end of the anchor, which has no other case. */
    private static final String CASELESS = "64,";

    private static final String SCHEME = "data:";

    /** Of the type before it, parameters included. */
    private static final int LONGEST_TYPE = 96;

    /** Fewer characters are no image or file. */
    private static final int LEAST = 32;

    /** Whether a walk could find one: a search for what every one of them holds, or for what may hide it, is far quicker. */
    static boolean mayBeIn(String ascii) {
        return ascii.contains(CASELESS) || ascii.indexOf('\\') >= 0;
    }

    @Override
    public void at(Reading text, int at, Candidates found) {
        int from = at + ANCHOR.length();
        if (text.runEnd(from, Alphabet.BASE64, LEAST) - from < LEAST) {
            return;
        }
        for (int i = at - SCHEME.length(); i >= Math.max(0, at - LONGEST_TYPE); i--) {
            if (text.matches(i, SCHEME, true)) {
                found.noted().unreadable();
                return;
            }
        }
    }
}
