package dev.fogline.policies.privacy;

import dev.fogline.policies.Sensitivity;
import java.util.Locale;

/** What a span of text can be recognised as. */
public enum FindingKind {
    /** Number of a Chinese resident identity card. */
    CN_ID(Sensitivity.RESTRICTED, 1),
    /** Number of a payment card of any issuer. */
    BANK_CARD(Sensitivity.RESTRICTED, 2),
    /** A secret that opens something: API key, token, password, private key. */
    API_KEY(Sensitivity.RESTRICTED, 3),
    /** Mobile number of mainland China. */
    CN_MOBILE(Sensitivity.CONFIDENTIAL, 5),
    EMAIL(Sensitivity.CONFIDENTIAL, 4),
    /** Not a span: a detector failed, so nobody knows what the text holds. */
    DETECTOR_FAILURE(Sensitivity.RESTRICTED, 0);

    private final Sensitivity sensitivity;
    private final int precedence;

    FindingKind(Sensitivity sensitivity, int precedence) {
        this.sensitivity = sensitivity;
        this.precedence = precedence;
    }

    /** Stable name for metrics, decision logs and policies, such as {@code cn_id}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Says what a span is that two kinds claim: the lower one wins. An ID number passes the checksum of a card one time in
     * ten and a card number that of an ID never; a mobile number before an @ is part of an address.
     */
    int precedence() {
        return precedence;
    }

    /** How private a text is that holds one of these, where no policy says more. */
    public Sensitivity sensitivity() {
        return sensitivity;
    }
}
