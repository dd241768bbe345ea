package dev.fogline.policies.privacy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Detectors that a policy turns on and off together. */
public enum DetectorGroup {
    /** What identifies or reaches people in English texts, and everywhere: cards, e-mail, telephones, addresses. */
    @JsonProperty("pii-en")
    PII_EN("pii-en"),
    /** What identifies or reaches people in Chinese texts, and cards, e-mail and telephones too. */
    @JsonProperty("pii-zh")
    PII_ZH("pii-zh"),
    /** What opens something: passwords, keys, tokens. */
    @JsonProperty("secrets")
    SECRETS("secrets"),
    /** What a text is about where it is about somebody: no spans, see {@link Subject}. */
    @JsonProperty("subjects")
    SUBJECTS("subjects"),
    /** Names of people, organisations and places in free text; they cost the most, and are off unless asked for. */
    @JsonProperty("names")
    NAMES("names");

    /** Those that run where no policy says more. */
    public static final Set<DetectorGroup> STANDARD =
            Collections.unmodifiableSet(EnumSet.of(PII_EN, PII_ZH, SECRETS, SUBJECTS));

    private final String id;

    DetectorGroup(String id) {
        this.id = id;
    }

    /** What its detectors look for. */
    Set<FindingKind> kinds() {
        return switch (this) {
            case PII_EN ->
                EnumSet.of(
                        FindingKind.US_SSN,
                        FindingKind.IBAN,
                        FindingKind.BANK_CARD,
                        FindingKind.PASSPORT,
                        FindingKind.DRIVER_LICENCE,
                        FindingKind.NATIONAL_ID,
                        FindingKind.MEDICAL_RECORD,
                        FindingKind.BANK_ACCOUNT,
                        FindingKind.EMAIL,
                        FindingKind.PHONE,
                        FindingKind.ADDRESS,
                        FindingKind.DATE_OF_BIRTH,
                        FindingKind.WALLET,
                        FindingKind.IP,
                        FindingKind.MAC,
                        FindingKind.URL);
            case PII_ZH ->
                EnumSet.of(
                        FindingKind.CN_ID,
                        FindingKind.BANK_CARD,
                        FindingKind.PASSPORT,
                        FindingKind.TRAVEL_PERMIT,
                        FindingKind.DRIVER_LICENCE,
                        FindingKind.NATIONAL_ID,
                        FindingKind.CN_SOCIAL_CARD,
                        FindingKind.MEDICAL_RECORD,
                        FindingKind.BANK_ACCOUNT,
                        FindingKind.EMAIL,
                        FindingKind.CN_MOBILE,
                        FindingKind.PHONE,
                        FindingKind.PLATE,
                        FindingKind.WECHAT,
                        FindingKind.QQ,
                        FindingKind.ADDRESS,
                        FindingKind.DATE_OF_BIRTH,
                        FindingKind.USCC,
                        FindingKind.IP);
            case SECRETS -> EnumSet.of(FindingKind.PRIVATE_KEY, FindingKind.API_KEY, FindingKind.PASSWORD);
            case SUBJECTS -> EnumSet.noneOf(FindingKind.class);
            case NAMES ->
                EnumSet.of(FindingKind.PERSON, FindingKind.ORGANISATION, FindingKind.PLACE, FindingKind.ADDRESS);
        };
    }

    /** As a policy file writes it. */
    @Override
    public String toString() {
        return id;
    }
}
