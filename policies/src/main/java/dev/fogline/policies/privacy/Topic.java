package dev.fogline.policies.privacy;

import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the words around a number say that it is. The word nearest before it counts: in "ID number ..., order number ..."
 * the second number is an order's.
 */
enum Topic {
    ID_CARD(
            "身份證 身份證號 身份證號碼 身分證 身分證字號 證件號碼 身份证 身份证号 身份证号码 身份号码 公民身份 证件号 证件号码 居民证 id_card identity_card identification_card id_number id_no id_num"
                    + " citizen_id resident_id national_id identity_number identification_number identity_no sfz sfzh"
                    + " shenfenzheng cert_no cert_num certificate_no id_cert"),
    CARD(
            "信用卡號 銀行卡 卡號 帳號 帳戶 轉帳 匯款 银行卡 银行卡号码 卡号码 信用卡 储蓄卡 借记卡 贷记卡 工资卡 卡号 刷卡 账号 账户 帐号 帐户 转账 转帐 汇款 打款 收款 付款 还款 开户 bank_card credit_card"
                    + " debit_card card cards cc pan visa mastercard amex unionpay maestro jcb card_number account_number bank_account"
                    + " account_no acct account"),
    PHONE(
            "手机 手机号 手机号码 電話 手機 手機號碼 聯絡電話 电话 电话号码 联系方式 联系 致电 拨打 来电 短信 微信 phone mobile cell cellphone telephone tel call sms"
                    + " whatsapp contact"),
    /** Numbers of things, which look like those of people. */
    THING("订单 订单号 单号 运单 流水号 流水 发票 条码 条形码 二维码 序列号 编号 编码 版本 时间戳 大小 长度 端口 票据 合同号 商品 货号 order"
            + " order_no order_id invoice tracking isbn issn barcode serial sku timestamp time commit version port size length"
            + " bytes offset ticket trace_id request_id session_id message_id ean upc epoch seed sum total");

    /** Room for "身份证号码（18位数字）是：" and "ID card number, as printed on the back, is". */
    private static final int BEFORE = 48;
    /** "... 是我的身份证号", "... is my ID card". */
    private static final int BEHIND = 16;

    private final String words;

    Topic(String words) {
        this.words = words;
    }

    private static final WordEnds<Topic> WORDS;

    static {
        var words = new HashMap<String, Topic>();
        for (Topic topic : values()) {
            for (String word : topic.words.split(" ", -1)) {
                words.put(word, topic);
            }
        }
        WORDS = new WordEnds<>(words, true);
    }

    /** What the nearest word before the place says; none without such a word. */
    static @Nullable Topic before(Reading text, int start) {
        return text.topicBefore(start);
    }

    /** For {@link Reading}, which remembers it. */
    static @Nullable Topic search(Reading text, int start) {
        boolean ended = false;
        for (int i = start; i > start - BEFORE && i > 0; i--) {
            Topic topic = WORDS.endingAt(text, i);
            if (topic != null) {
                // What a sentence said of a thing says nothing of a number in the next one.
                return topic == THING && ended ? null : topic;
            }
            ended |= endsSentence(text, i - 1);
        }
        return null;
    }

    /** Not so the full stop of "order no. 7". */
    private static boolean endsSentence(Reading text, int at) {
        return switch (text.at(at)) {
            case '。', '!', '?' -> true;
            case '.' -> text.at(at + 1) == ' ' && text.runStart(at, Alphabet.ALPHANUMERIC, 4) == at - 4;
            default -> false;
        };
    }

    /** What the first word close behind the place says. */
    static @Nullable Topic behind(Reading text, int end) {
        for (int i = end + 1; i <= end + BEHIND && i <= text.length(); i++) {
            Topic topic = WORDS.endingAt(text, i);
            if (topic != null) {
                return topic;
            }
        }
        return null;
    }
}
