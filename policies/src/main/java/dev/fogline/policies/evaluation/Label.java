package dev.fogline.policies.evaluation;

import static dev.fogline.policies.privacy.FindingKind.*;

import dev.fogline.policies.privacy.FindingKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a file's type is called here, and which kinds of finding are it: data sets tell more or fewer types apart than
 * detection does.
 *
 * @param name of the row in a report
 * @param kinds empty for a type that nothing here looks for: each of its spans is a miss
 */
record Label(String name, Set<FindingKind> kinds) {
    private static final Set<FindingKind> SECRETS = EnumSet.of(PRIVATE_KEY, FindingKind.API_KEY, PASSWORD);
    private static final Set<FindingKind> PHONES = EnumSet.of(CN_MOBILE, PHONE);
    private static final Set<FindingKind> IDS = EnumSet.of(NATIONAL_ID, CN_ID, US_SSN, CN_SOCIAL_CARD, TRAVEL_PERMIT);

    /** Label and kinds by the types of known data sets; a type that is the name of a kind needs no entry. */
    private static final Map<String, Label> TYPES = new HashMap<>();

    static {
        put("secret", SECRETS, "SECRET API_KEY PRIVATE_KEY PASSWORD TOKEN CREDENTIAL PIN PASS");
        put(
                "phone",
                PHONES,
                "PHONE PHONE_NUMBER PHONENUMBER TELEPHONE TELEPHONENUM FAX LANDLINE MOBILE MOBILE_NUMBER CN_MOBILE");
        put("national_id", IDS, "ID_NUM ID ID_NUMBER ID_CARD IDCARD SOCIALNUM TAXNUM GOVERNMENT_ID TAX_ID");
        put(
                NATIONAL_ID,
                "CA_SIN UK_NHS UK_NINO AU_TFN AU_MEDICARE ES_NIF ES_NIE IT_FISCAL_CODE IT_IDENTITY_CARD PL_PESEL SG_NRIC_FIN"
                        + " SG_FIN FI_PERSONAL_IDENTITY_CODE SE_PERSONNUMMER TH_TNIN TR_NATIONAL_ID KR_RRN KR_FRN IN_AADHAAR"
                        + " IN_PAN IN_VOTER ZA_ID_NUMBER DE_SOCIAL_SECURITY DE_TAX_ID DE_ID_CARD DE_HEALTH_INSURANCE PH_TIN"
                        + " US_MBI BR_CPF FR_NIR NL_BSN");
        put("DATE", Set.of(DATE_OF_BIRTH), "DATE DATE_TIME");
        put(US_SSN, "SSN US_ITIN ITIN SOCIAL_SECURITY_NUMBER");
        put(BANK_CARD, "CREDIT_CARD CREDITCARD CREDITCARDNUMBER CREDIT_CARD_NUMBER DEBIT_CARD CARD CARD_NUMBER");
        put(IBAN, "IBAN_CODE");
        put(BANK_ACCOUNT, "ABA_ROUTING US_BANK US_BANK_NUMBER ACCOUNTNUM ACCOUNT_NUMBER BANK_ROUTING");
        put(PASSPORT, "PASSPORTNUM PASSPORT_NUMBER");
        put(DRIVER_LICENCE, "DRIVER_LICENSE DRIVERLICENSENUM DRIVERS_LICENSE UK_DRIVING_LICENCE");
        put(MEDICAL_RECORD, "MRN MEDICAL_RECORD_NUMBER HEALTH_ID");
        put(CN_SOCIAL_CARD, "SOCIAL_CARD SOCIAL_SECURITY_CARD");
        put(EMAIL, "EMAIL_ADDRESS");
        put(PLATE, "LICENSE_PLATE VEHICLE_REGISTRATION");
        put(WECHAT, "WECHAT_ID WEIXIN");
        put(ADDRESS, "STREET_ADDRESS STREET ZIP_CODE ZIPCODE ZIP POSTCODE UK_POSTCODE BUILDINGNUM LOCATION_ADDRESS");
        put(DATE_OF_BIRTH, "DOB DATEOFBIRTH BIRTHDAY BIRTH_DATE");
        put(WALLET, "CRYPTO BITCOIN");
        put(IP, "IP_ADDRESS IPV4 IPV6");
        put(MAC, "MAC_ADDRESS");
        put(PERSON, "NAME GIVENNAME SURNAME FIRST_NAME LAST_NAME PER");
        put(ORGANISATION, "ORGANIZATION ORG COMPANY");
        put(PLACE, "GPE LOC LOCATION CITY STATE COUNTRY COUNTY REGION");
        put(URL, "DOMAIN_NAME");
    }

    private static void put(FindingKind kind, String types) {
        put(kind.id(), Set.of(kind), types);
    }

    private static void put(String name, Set<FindingKind> kinds, String types) {
        for (String type : types.split(" ", -1)) {
            TYPES.put(type, new Label(name, kinds));
        }
    }

    static Label ofType(String type) {
        String word = type.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        Label known = TYPES.get(word);
        if (known != null) {
            return known;
        }
        for (FindingKind kind : values()) {
            if (kind.name().equals(word)) {
                return of(kind);
            }
        }
        for (FindingKind kind : Set.of(PASSPORT, DRIVER_LICENCE, PHONE, PLATE)) {
            if (country(word, kind)) {
                return of(kind);
            }
        }
        return new Label(word, Set.of());
    }

    /** Such as {@code KR_PASSPORT}, {@code TR_PHONE_NUMBER}. */
    private static boolean country(String word, FindingKind kind) {
        return word.length() > 3
                && word.charAt(2) == '_'
                && (word.endsWith("_" + kind)
                        || TYPES.entrySet().stream()
                                .anyMatch(entry -> entry.getValue().kinds().contains(kind)
                                        && word.substring(3).endsWith(entry.getKey())));
    }

    /** What a finding counts as that no span of the file asks for. */
    static Label of(FindingKind kind) {
        return SECRETS.contains(kind)
                ? new Label("secret", SECRETS)
                : PHONES.contains(kind) ? new Label("phone", PHONES) : new Label(kind.id(), Set.of(kind));
    }
}
