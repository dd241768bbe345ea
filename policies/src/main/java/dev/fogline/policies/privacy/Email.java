package dev.fogline.policies.privacy;

import java.util.Set;

/** An e-mail address around an @ sign. */
record Email() implements Detector {
    private static final Alphabet LOCAL = Alphabet.DOTTED.and("%+");
    private static final Alphabet DOMAIN = Alphabet.ALPHANUMERIC.and("-.");
    private static final int MOST_LOCAL = 64;
    private static final int MOST_DOMAIN = 253;
    /** "logo@2x.png" and "module@next.js" are files. */
    private static final Set<String> FILES = Set.of(
            "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "ts", "css", "json", "html", "jar", "tgz", "zip", "py");

    @Override
    public void at(Reading text, int at, Candidates found) {
        int start = text.runStart(at, LOCAL, MOST_LOCAL);
        while (start < at && !Ascii.alphanumeric(text.at(start)) && text.at(start) != '_') {
            start++;
        }
        if (start == at || userOfUrl(text, start)) {
            return;
        }
        int end = domainEnd(text, at + 1);
        if (end > 0 && !repository(text, start, at, end)) {
            found.add(FindingKind.EMAIL, start, end, 0.95);
        }
    }

    /** End of the longest host name from here on whose last label can be a top-level domain; -1 if there is none. */
    private static int domainEnd(Reading text, int from) {
        int end = text.runEnd(from, DOMAIN, MOST_DOMAIN);
        while (end > from) {
            int dot = end - 1;
            while (dot > from && text.at(dot) != '.') {
                dot--;
            }
            if (dot <= from) {
                return -1;
            }
            int top = topLevelEnd(text, dot + 1, end);
            if (top > 0 && Ascii.alphanumeric(text.at(dot - 1)) && Ascii.alphanumeric(text.at(from))) {
                return FILES.contains(text.span(dot + 1, top)) ? -1 : top;
            }
            end = dot;
        }
        return -1;
    }

    private static int topLevelEnd(Reading text, int from, int end) {
        if (text.matches(from, "xn--", true)) {
            return text.at(end - 1) == '-' ? end - 1 : end;
        }
        int letters = from;
        while (letters < end && Ascii.letter(text.at(letters))) {
            letters++;
        }
        boolean whole = letters == end || text.at(letters) == '-';
        return whole && letters - from >= 2 && letters - from <= 24 ? letters : -1;
    }

    /** "https://name@host" and "https://name:password@host" name an account there, see {@link UrlPassword}. */
    private static boolean userOfUrl(Reading text, int start) {
        int i = text.at(start - 1) == ':' ? text.runStart(start - 1, LOCAL, MOST_LOCAL) : start;
        return text.at(i - 1) == '/' && text.at(i - 2) == '/';
    }

    /** "git@github.com:owner/name" is where a repository is. */
    private static boolean repository(Reading text, int start, int at, int end) {
        return at - start == 3 && text.matches(start, "git", false) && text.at(end) == ':';
    }
}
