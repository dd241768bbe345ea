package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Organisations that a Chinese text names by what they are at their end: companies by their legal form; hospitals, schools
 * and offices only behind the name of a place, because "这家医院" is none. Only stretches of Chinese characters are looked at.
 */
final class ChineseOrganisation {
    /**
     * What stands at the end of a name.
     *
     * @param behindPlace whether only a name that begins with that of a place is one
     */
    record Form(String word, boolean behindPlace) {}

    private static final List<Form> FORMS = forms();

    /** Signs of the forms, by which they are looked for. */
    private static final String FIRST = "有股集分子律会公医中小幼学诊卫派敬福";

    private static final int LONGEST = 24;
    private static final int SHORTEST_NAME = 2;

    /** What a name does not hold, so that it begins behind. */
    private static final String OUTSIDE = "的了在是我你您他她它们与及或给向对把被从到由将让叫要去找因至于并且等这那某本该各每哪贵名家个间位";

    private static final String[] BEFORE = {
        "起诉", "入职", "就职", "任职", "来自", "加入", "离开", "联系", "通知", "签约", "供职", "收购", "委托", "投诉", "举报", "代表", "关于", "查询",
        "介绍", "申请", "购买", "以及", "包括", "单位", "甲方", "乙方", "公司", "供应商", "客户", "雇主", "帮"
    };

    private ChineseOrganisation() {}

    private static List<Form> forms() {
        var forms = new ArrayList<Form>();
        for (String word : "有限责任公司 有限公司 股份有限公司 股份公司 集团有限公司 分公司 子公司 律师事务所 会计师事务所".split(" ", -1)) {
            forms.add(new Form(word, false));
        }
        for (String word : "集团 公司 医院 中学 小学 幼儿园 学校 诊所 卫生院 派出所 敬老院 福利院".split(" ", -1)) {
            forms.add(new Form(word, true));
        }
        return List.copyOf(forms);
    }

    /** The form that begins at a position, if one does. */
    static @Nullable Form formAt(Reading text, int at) {
        if (FIRST.indexOf(text.at(at)) >= 0) {
            for (Form form : FORMS) {
                if (text.matches(at, form.word(), false)) {
                    return form;
                }
            }
        }
        return null;
    }

    /**
     * Start of the name in front of a form; -1 where none is.
     *
     * @param least where the stretch of Chinese characters begins
     */
    static int start(Reading text, int least, int at, Form form) {
        int most = Math.max(least, at - LONGEST);
        int start = at;
        while (start > most && OUTSIDE.indexOf(text.at(start - 1)) < 0 && !behind(text, start)) {
            start--;
        }
        for (int i = start; i < at - 1; i++) {
            int end = ChinesePlaces.endAt(text, i);
            if (end > 0 && end <= at && end + (text.at(end) == '市' || text.at(end) == '省' ? 1 : 0) < at) {
                return i;
            }
        }
        return form.behindPlace() || at - start < SHORTEST_NAME ? -1 : start;
    }

    private static boolean behind(Reading text, int at) {
        for (String word : BEFORE) {
            if (text.matches(at - word.length(), word, false)) {
                return true;
            }
        }
        return false;
    }
}
