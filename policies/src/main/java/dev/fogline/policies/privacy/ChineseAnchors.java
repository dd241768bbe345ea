package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.NumberDetectors.NumberDetector;
import java.util.ArrayList;
import java.util.List;

/** What finds Chinese numbers, documents and addresses, and where each is tried. */
final class ChineseAnchors {
    private ChineseAnchors() {}

    /** Numbers that start with the first digit of a run. */
    static List<NumberDetector> numbers() {
        return List.of(new ChineseId(), new ChineseMobile());
    }

    static List<Anchor.Use> all() {
        var uses = new ArrayList<Anchor.Use>(ChineseDocuments.anchors());
        uses.add(new Anchor.Use(new Anchor.Digits(9), new ChineseLandline()));
        uses.add(new Anchor.Use(new Anchor.Digits(6, true), new CreditCode()));
        var birth = new ChineseBirthDate();
        uses.add(new Anchor.Use(new Anchor.Digits(1, false, Alphabet.NONE, true), birth));
        uses.add(new Anchor.Use(new Anchor.Digits(4, false, ChineseBirthDate.BEHIND, true), birth));
        for (String label : List.of("电话", "座机", "固话", "传真", "宅电")) {
            uses.add(sign(label.charAt(1), new LocalLandline(label, label.charAt(1))));
        }
        for (char province : ChinesePlate.PROVINCES.toCharArray()) {
            uses.add(sign(province, new ChinesePlate()));
        }
        for (char unit : ChineseAddress.ANCHORS.toCharArray()) {
            uses.add(sign(unit, new ChineseAddress()));
        }
        for (String label : List.of("微信", "威信", "薇信", "V信")) {
            uses.add(sign('信', new WechatId(label)));
        }
        for (String label : List.of("wechat", "weixin", "vx", "wx")) {
            uses.add(word(label, new WechatId(label)));
        }
        uses.add(sign('加', new WechatId("加V")));
        uses.add(sign('+', new WechatId("+V")));
        uses.add(word("wxid_", (text, at, found) -> {
            int end = text.runEnd(at, Alphabet.WORD, 32);
            if (end - at > 10) {
                found.add(FindingKind.WECHAT, at, end, 0.9);
            }
        }));
        uses.add(word("QQ", new QqNumber("QQ")));
        uses.add(word("q q", new QqNumber("Q Q")));
        uses.add(sign('扣', new QqNumber("扣扣")));
        uses.add(sign('企', new QqNumber("企鹅号")));
        return List.copyOf(uses);
    }

    private static Anchor.Use sign(char sign, Detector detector) {
        return new Anchor.Use(new Anchor.Sign(sign), detector);
    }

    private static Anchor.Use word(String prefix, Detector detector) {
        return new Anchor.Use(new Anchor.Word(prefix, true), detector);
    }
}
