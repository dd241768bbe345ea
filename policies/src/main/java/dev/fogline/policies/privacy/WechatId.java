package dev.fogline.policies.privacy;

import java.util.Locale;
import java.util.Set;

/** A WeChat id that a word names: 微信号：..., 加微信..., vx: .... A letter first, then letters, digits, dashes, underscores. */
record WechatId(String label) implements Detector {
    private static final int SHORTEST = 6;
    private static final int LONGEST = 20;
    private static final int MOST_BETWEEN = 10;
    private static final String LINKS = "号码账帐是为叫就：:= \"'(（[【我的联系\n";
    private static final Alphabet ID = Alphabet.WORD;
    private static final Set<String> WORDS = Set.of(
            "openid",
            "unionid",
            "appid",
            "app_id",
            "appsecret",
            "android",
            "iphone",
            "pay_v3",
            "wechat",
            "weixin",
            "mini_program",
            "miniprogram",
            "session_key",
            "access_token",
            "js_code",
            "jssdk",
            "window",
            "windows",
            "official",
            "account",
            "template");

    @Override
    public void at(Reading text, int at, Candidates found) {
        boolean latin = label.charAt(label.length() - 1) < 128;
        int start = latin ? at : at - label.length() + 1;
        if (!text.matches(start, label, true)) {
            return;
        }
        int i = start + label.length();
        int most = i + MOST_BETWEEN;
        boolean named = invited(text, start);
        boolean colon = false;
        int id = text.at(i) == ' ' ? i + 1 : i;
        if (text.matches(id, "id", true) && !Ascii.letter(text.at(id + 2))) {
            i = id + 2;
            named = true;
        }
        while (i < most && text.at(i) != 0 && LINKS.indexOf(text.at(i)) >= 0) {
            char c = text.at(i++);
            colon |= c == ':' || c == '=' || c == '是' || c == '号' || c == '(';
        }
        if (latin && !colon && !named) {
            return;
        }
        int end = text.runEnd(i, ID, LONGEST + 1);
        if (!id(text, i, end, named || (colon && !latin))) {
            behind(text, start, found);
            return;
        }
        found.add(FindingKind.WECHAT, i, end, 0.7);
    }

    /** "加微信..." and "我微信..." */
    private static boolean invited(Reading text, int start) {
        char before = text.at(start - 1);
        return before == '加' || before == '我' || before == '的' || before == '个';
    }

    private static boolean id(Reading text, int from, int to, boolean named) {
        int length = to - from;
        boolean shaped =
                length >= SHORTEST && length <= LONGEST && (Ascii.letter(text.at(from)) || text.at(from) == '_');
        if (!shaped
                || text.at(to) == '('
                || (text.at(to) == '.' && Ascii.letter(text.at(to + 1)))
                || text.at(to) == '@') {
            return false;
        }
        boolean drawn = Strength.digits(text, from, to) > 0 || underscored(text, from, to);
        return (drawn || named) && !WORDS.contains(text.span(from, to).toLowerCase(Locale.ROOT));
    }

    private static boolean underscored(Reading text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.at(i) == '_') {
                return true;
            }
        }
        return false;
    }

    /** "... 是我的微信" */
    private static void behind(Reading text, int start, Candidates found) {
        int end = start;
        boolean linked = false;
        while (end > start - 4 && "是我的他她（( ".indexOf(text.at(end - 1)) >= 0 && text.at(end - 1) != 0) {
            end--;
            linked |= text.at(end) == '是' || text.at(end) == '(';
        }
        int from = text.runStart(end, ID, LONGEST + 1);
        if (linked && id(text, from, end, false)) {
            found.add(FindingKind.WECHAT, from, end, 0.7);
        }
    }
}
