package dev.fogline.policies.privacy;

import java.util.HashMap;
import java.util.Map;

/** What stands before and behind Chinese names and speaks for them, in nats. */
final class NameSigns {
    /** A name between signs, with nothing else. */
    static final float ALONE = 1.5f;

    /** Behind any sign, and at the beginning, names are likelier than in the middle. */
    private static final float OPENING = 1.2f;

    private static final float FIELD = 3.5f;
    private static final float LABEL = 1.5f;
    private static final float CLOSING = 0.5f;
    private static final float CLOSING_WELL = 2;
    private static final int MOST_BETWEEN = 5;

    private static final String BETWEEN = " :\"'\t=-";
    private static final String CLOSES_WELL = "、(：:《 \t/|";

    /** What is asked for where a form wants a name, and who people say that they are. */
    private static final String LABELS = "姓名 名字 我叫 名叫 他叫 她叫 联系人 收件人 收货人 寄件人 发件人 经办人 负责人 代表人 法人 委托人 受托人 代理人 申请人 "
            + "被申请人 原告 被告 上诉人 第三人 投保人 保险人 受益人 借款人 出借人 担保人 开户人 持卡人 户主 房东 租客 出租方 承租方 车主 患者 病人 家属 监护人 "
            + "医师 医生 护士 老师 同学 学生 班长 委员 员工 同事 经理 主任 总监 组长 客户 乘客 作者 记者 编辑 审核人 报告人 签字 签名 签收人 本人 丈夫 妻子 老公 "
            + "老婆 父亲 母亲 爸爸 妈妈 爸 妈 儿子 女儿 孩子 哥哥 弟弟 姐姐 妹妹 嫌疑人 证人 被害人 受害人 面试者 应聘者 候选人 name patient contact author "
            + "recipient sender customer owner user_name real_name full_name employee student xing_ming";

    private static final WordEnds<Boolean> WORDS = words();

    private NameSigns() {}

    private static WordEnds<Boolean> words() {
        Map<String, Boolean> words = new HashMap<>();
        for (String label : LABELS.split(" ", -1)) {
            words.put(label, true);
        }
        return new WordEnds<>(words, true);
    }

    /** Of what stands before a stretch of characters. */
    static float opening(Reading text, int start) {
        int i = start;
        while (i > start - MOST_BETWEEN && text.at(i - 1) != 0 && BETWEEN.indexOf(text.at(i - 1)) >= 0) {
            i--;
        }
        return i < start && WORDS.endingAt(text, i) != null ? FIELD : OPENING;
    }

    /** Of the words that end before a position in the middle of a stretch. */
    static float label(Reading text, int end) {
        return WORDS.endingAt(text, end) != null ? LABEL : 0;
    }

    /** Of what stands behind a stretch of characters. */
    static float closing(Reading text, int end) {
        char c = text.at(end);
        return c != 0 && CLOSES_WELL.indexOf(c) >= 0 ? CLOSING_WELL : CLOSING;
    }
}
