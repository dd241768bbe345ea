package dev.fogline.policies.privacy;

import java.util.Arrays;
import java.util.List;

/** A fixed set of detectors, tried at their anchors in one walk over a text. Immutable; any number of threads may share it. */
public final class Detectors {
    /**
     * Raised whenever the standard detectors may find something that they did not find before: a logged decision that rests
     * on another version is not taken for proof of what a prompt did not hold.
     */
    public static final String VERSION = "2";

    /** Made up, so that every detector has something to do. */
    private static final String WARM_UP = "身份证号110105194912310028，银行卡4111 1111 1111 1111，手机13800138000，密码：Warm9up-x1，"
            + "{\"password\": \"Warm9up-x1\"} curl -u a:Warm9up-x1 https://a:Warm9up-x1@b.cn a@b.cn +86 138 0013 8000 "
            + "-----BEGIN PRIVATE KEY-----\\nMIIBVAIBADANBgkqhkiG9w0BAQEFAASC\\n-----END PRIVATE KEY----- "
            + "token=q7Lm2Vx9Kd4Ts8Wz1Yb6 sk-q7Lm2Vx9Kd4Ts8Wz1Yb6Nc3R 12345:x Bearer q7Lm2Vx9Kd4Ts8Wz1Yb6 my pwd is Warm9up-x1";

    private static final Detectors STANDARD = warm(new Detectors(StandardAnchors.all()));

    private final AnchorTable anchors;

    Detectors(List<Anchor.Use> uses) {
        this.anchors = new AnchorTable(uses);
    }

    /** Tried once, so that no request's time goes into loading classes and tables. */
    private static Detectors warm(Detectors cold) {
        if (cold.find(WARM_UP).isEmpty()) {
            throw new IllegalStateException("the detectors find nothing in the text that warms them up");
        }
        return cold;
    }

    /** Chinese ID numbers, payment cards, secrets, Chinese mobile numbers and e-mail addresses. */
    public static Detectors standard() {
        return STANDARD;
    }

    /**
     * What the text holds, sorted by place and without overlaps. The time is linear in the text's length whatever it
     * holds.
     */
    public List<Finding> find(CharSequence text) {
        return find(text, TimeLimit.NONE);
    }

    /** @throws TimeLimit.Exceeded when it takes longer than that */
    List<Finding> find(CharSequence text, TimeLimit limit) {
        return find(new Reading(text), limit);
    }

    /** The same of a part of an array, which is left as it is. */
    List<Finding> find(char[] chars, int from, int length, TimeLimit limit) {
        return find(new Reading(Arrays.copyOfRange(chars, from, from + length)), limit);
    }

    List<Finding> find(Reading text, TimeLimit limit) {
        var found = new Candidates(text);
        anchors.walk(text, found, limit);
        return found.settled();
    }
}
