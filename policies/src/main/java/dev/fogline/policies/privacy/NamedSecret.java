package dev.fogline.policies.privacy;

import java.util.Locale;
import java.util.regex.Pattern;

/** A value that its name says is secret: {@code password=...}, {@code "apiKey": "..."}, {@code X-Api-Token: ...}. */
record NamedSecret() implements Detector {
    private static final Alphabet NAME = Alphabet.DOTTED;
    private static final int MOST_NAME = 48;

    private static final Pattern PASSWORD =
            Pattern.compile("(?:password|passwd|passphrase|passcode|pwd|psk|密码|口令)[0-9]{0,2}$");
    private static final Pattern KEY = Pattern.compile(
            "(?:secret|secretid|apikey|secretkey|accesskey|accesskeyid|accesskeysecret|authkey|privatekey|signingkey|encryptionkey"
                    + "|masterkey|accountkey|clientkey|licensekey|sharedkey|servicekey|bearer|authorization|credentials?"
                    + "|(?<!csrf|xsrf|public|page|next|authenticity|stop|eos|bos|pad|continuation|sync|max)token)[0-9]{0,2}$");

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
        judge(text, plain(text, nameStart, nameEnd), value, found);
    }

    private static void judge(Reading text, String name, int at, Candidates found) {
        boolean password = PASSWORD.matcher(name).find();
        if (!password && !KEY.matcher(name).find()) {
            return;
        }
        var value = Quoted.at(text, name.endsWith("authorization") ? afterScheme(text, at) : at);
        if (value != null && secret(text, value, password)) {
            found.add(FindingKind.API_KEY, value.from(), value.to(), password ? 0.9 : 0.85);
        }
    }

    private static boolean secret(Reading text, Quoted value, boolean password) {
        char first = text.at(value.from());
        char behind = text.at(value.to());
        boolean template = first == '$' || first == '<' || first == '{' || first == '%' || first == '[';
        boolean call = !value.inQuotes() && (behind == '(' || behind == '[' || behind == '{');
        if (template || call) {
            return false;
        }
        return password
                ? Strength.password(text, value.from(), value.to())
                : Strength.random(text, value.from(), value.to());
    }

    /** "Authorization: Bearer ..." has the scheme before the secret. */
    private static int afterScheme(Reading text, int at) {
        int end = text.runEnd(at, Alphabet.WORD, 16);
        return text.at(end) == ' ' ? end + 1 : at;
    }

    private static String plain(Reading text, int from, int to) {
        var name = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            if (Ascii.alphanumeric(text.at(i))) {
                name.append(text.at(i));
            }
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
