package dev.fogline.policies.privacy;

import dev.fogline.policies.Sensitivity;
import java.util.Locale;

/**
 * What a span of text can be recognised as. The order says what a span is that two kinds claim: the earlier one wins. An ID
 * number passes the checksum of a card one time in ten and a card number that of an ID never; a mobile number before an @ is
 * part of an address.
 */
public enum FindingKind {
    /** A private key in PEM or the like. */
    PRIVATE_KEY(Sensitivity.RESTRICTED, About.NOBODY),
    /** A secret that a machine made and that opens something: API key, token, connection string. */
    API_KEY(Sensitivity.RESTRICTED, About.NOBODY),
    /** A secret that a person made up. */
    PASSWORD(Sensitivity.RESTRICTED, About.NOBODY),
    /** Number of a Chinese resident identity card. */
    CN_ID(Sensitivity.RESTRICTED, About.SOMEBODY),
    /** Social security or individual taxpayer number of the United States. */
    US_SSN(Sensitivity.RESTRICTED, About.SOMEBODY),
    IBAN(Sensitivity.RESTRICTED, About.SOMEBODY),
    /** Number of a payment card of any issuer. */
    BANK_CARD(Sensitivity.RESTRICTED, About.SOMEBODY),
    PASSPORT(Sensitivity.RESTRICTED, About.SOMEBODY),
    /** Number of a permit for travel between mainland China, Hong Kong, Macao and Taiwan. */
    TRAVEL_PERMIT(Sensitivity.RESTRICTED, About.SOMEBODY),
    DRIVER_LICENCE(Sensitivity.RESTRICTED, About.SOMEBODY),
    /** Number that a country other than China or the United States knows a person by: identity, tax, health. */
    NATIONAL_ID(Sensitivity.RESTRICTED, About.SOMEBODY),
    /** Number of a Chinese social security card. */
    CN_SOCIAL_CARD(Sensitivity.RESTRICTED, About.SOMEBODY),
    /** Number of a patient or of a patient's record. */
    MEDICAL_RECORD(Sensitivity.RESTRICTED, About.SOMEBODY),
    /** Account or routing number of a bank, other than an IBAN. */
    BANK_ACCOUNT(Sensitivity.RESTRICTED, About.SOMEBODY),
    EMAIL(Sensitivity.CONFIDENTIAL, About.SOMEBODY),
    /** Mobile number of mainland China. */
    CN_MOBILE(Sensitivity.CONFIDENTIAL, About.SOMEBODY),
    /** Any other telephone number. */
    PHONE(Sensitivity.CONFIDENTIAL, About.SOMEBODY),
    /** Registration plate of a vehicle. */
    PLATE(Sensitivity.CONFIDENTIAL, About.SOMEBODY),
    WECHAT(Sensitivity.CONFIDENTIAL, About.SOMEBODY),
    QQ(Sensitivity.CONFIDENTIAL, About.SOMEBODY),
    /** Of a house or a flat. */
    ADDRESS(Sensitivity.CONFIDENTIAL, About.SOMEBODY),
    DATE_OF_BIRTH(Sensitivity.CONFIDENTIAL, About.SOMEBODY),
    /** Address of a wallet of a crypto-currency. */
    WALLET(Sensitivity.CONFIDENTIAL, About.SOMEBODY),
    /** What a policy's own dictionaries and patterns find. */
    CUSTOM(Sensitivity.CONFIDENTIAL, About.NOBODY),
    /** Unified social credit code of a Chinese organisation. */
    USCC(Sensitivity.INTERNAL, About.NOBODY),
    IP(Sensitivity.INTERNAL, About.SOMEBODY),
    MAC(Sensitivity.INTERNAL, About.SOMEBODY),
    /** A person's name; looked for only where the policy says so. */
    PERSON(Sensitivity.INTERNAL, About.SOMEBODY),
    /** A name of an organisation; looked for only where the policy says so. */
    ORGANISATION(Sensitivity.INTERNAL, About.NOBODY),
    /**
     * A name of a town, region or country; looked for only where the policy says so. By itself it makes no text less public,
     * but a policy may.
     */
    PLACE(Sensitivity.PUBLIC, About.NOBODY),
    URL(Sensitivity.PUBLIC, About.NOBODY),
    /** Not a span: an image, sound, file or unknown part, which no detector reads. Policies say by rule what becomes of it. */
    UNREADABLE(Sensitivity.PUBLIC, About.NOBODY),
    /** Not a span: a detector failed, so nobody knows what the text holds. */
    DETECTOR_FAILURE(Sensitivity.RESTRICTED, About.NOBODY);

    private enum About {
        SOMEBODY,
        NOBODY
    }

    private final Sensitivity sensitivity;
    private final About about;

    FindingKind(Sensitivity sensitivity, About about) {
        this.sensitivity = sensitivity;
        this.about = about;
    }

    /** Stable name for metrics, decision logs and policies, such as {@code cn_id}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it tells of a person, so that a policy can speak of all of these at once. */
    public boolean personal() {
        return about == About.SOMEBODY;
    }

    /** How private a text is that holds one of these, where no policy says more. */
    public Sensitivity sensitivity() {
        return sensitivity;
    }
}
