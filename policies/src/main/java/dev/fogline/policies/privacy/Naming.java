package dev.fogline.policies.privacy;

import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * What English words around a value say that it is; {@link Topic} is the same for numbers that Chinese words name. The word
 * nearest before it counts, or else the first behind it: "078-05-1120 is my SSN".
 */
enum Naming {
    SSN(
            "ssn ssns social_security social_security_number social_security_no social_security_num ss_number itin"
                    + " my_social his_social her_social your_social taxpayer_identification_number taxpayer_identification individual_taxpayer taxpayer_id tin tax_id"),
    IBAN("iban iban_number iban_no"),
    PASSPORT(
            "passport passports passport_number passport_numbers passport_no passport_num passport_id travel_document"
                    + " 여권 여권번호 パスポート パスポート番号 旅券番号 passeport_nr reisepass_nr reisepass reisepassnummer passnummer pass-nr passeport pasaporte passaporto passaportes"),
    LICENCE("driver_license driver_licence drivers_license drivers_licence driver's_license driver's_licence"
            + " driving_license driving_licence license_number licence_number license_no licence_no drivers_license_number"
            + " driver's_license_number driver's_licence_number driving_licence_number führerschein führerscheinnummer permis_de_conduire"
            + " patente_di_guida carnet_de_conducir rijbewijs dl dl_number dl_no dln"),
    MEDICAL(
            "mrn mrns emr_number ehr_number patient_# chart_# mrn_# medical_record medical_record_number medical_record_no medical_records medical_id patient_id patient_no"
                    + " patient_number patient_identifier patient_record hospital_number hospital_no hospital_id chart_number"
                    + " chart_no health_record health_record_number"),
    ACCOUNT("account account_number account_no account_num accounts acct acct_no acct_number bank_account"
            + " bank_account_number checking_account savings_account bsb sort_code beneficiary_account swift_account"),
    ROUTING("routing routing_number routing_no aba aba_number aba_routing transit_number rtn"),
    NATIONAL(
            "nhs nhs_number nhs_no nino ni_number ni_no national_insurance national_insurance_number national_insurance_no"
                    + " social_insurance social_insurance_number sin nas tfn tax_file_number medicare medicare_number medicare_id mbi"
                    + " aadhaar aadhar aadhaar_number national_id national_id_number national_identity national_identity_number"
                    + " national_identification_number identity_number identity_no identity_card identity_card_number id_card"
                    + " id_card_number id_number id_no personal_number personal_id personal_identity_code personnummer pesel dni nie"
                    + " nif cpf bsn nir rrn nric steuer-id steuer_id steueridentifikationsnummer codice_fiscale fiscal_code"
                    + " tax_number tax_identification_number voter_id curp sozialversicherungsnummer krankenversichertennummer"
                    + " resident_registration_number citizen_id health_insurance_number health_card_number pan_card pan_card_number"),
    PHONE(
            "phone phones phone_number phone_no phone_# telephone telephone_number telefon tel mobile mobile_number mobile_no"
                    + " cell cell_number cellphone call calls called calling sms whatsapp fax fax_number desk dial ring hotline"
                    + " 電話 電話番号 携帯 전화 전화번호 telefone telepono cep gsm"
                    + " landline pager voicemail text_me reach reach_me message messages answering registered contact"
                    + " contact_number my_number your_number his_number her_number their_number work_number home_number"
                    + " office_number callback handy téléphone teléfono telefono portable"),
    BIRTH(
            "dob d.o.b d.o.b. date_of_birth dates_of_birth birth_date birthdate birthday born born_on bday date_birth geboren"
                    + " geboren_am geburtsdatum geburtstag naissance date_de_naissance né_le née_le nacimiento fecha_de_nacimiento"
                    + " data_de_nascimento data_di_nascita geboortedatum"),
    NETWORK(
            "ip ips ip_address ipv4 ipv6 address addresses host hosts server servers ping ssh dns gateway inet src dst subnet"
                    + " firewall client peer endpoint router login logged_in connection connecting connected blocked banned"),
    VERSION(
            "version versions v release releases build jdk java upgrade upgraded update updated chrome firefox safari driver"
                    + " firmware kernel package library section chapter oid netmask mask"),
    /** Numbers of things, which look like those of people. */
    THING(
            "order orders order_number order_no order_id invoice invoice_number invoice_no tracking tracking_number isbn issn"
                    + " doi serial serial_number sku ticket case case_number commit hash checksum port pid uuid guid timestamp"
                    + " epoch seed sum total price amount quantity balance figure table page line step item model part"
                    + " part_number patent rfc cve bug issue reference ref confirmation confirmation_number product_id session_id"
                    + " request_id trace_id message_id product barcode upc ean asin");

    /** Room for "driver's licence number, as printed on the card, is". */
    private static final int BEFORE = 48;
    /** "... is my social security number". */
    private static final int BEHIND = 28;

    private static final WordEnds<Naming> WORDS;

    static {
        var words = new HashMap<String, Naming>();
        for (Naming naming : values()) {
            for (String word : naming.words.split(" ", -1)) {
                words.put(word, naming);
            }
        }
        WORDS = new WordEnds<>(words, true);
    }

    private final String words;

    Naming(String words) {
        this.words = words;
    }

    /** What the nearest word before the place says; none without such a word. */
    static @Nullable Naming before(Reading text, int start) {
        return text.namingBefore(start);
    }

    /** For {@link Reading}, which remembers it. */
    static @Nullable Naming search(Reading text, int start) {
        for (int i = start; i > start - BEFORE && i > 0; i--) {
            Naming naming = WORDS.mayEndAt(text, i) && ends(text, i) ? WORDS.endingAt(text, i) : null;
            if (naming != null) {
                return naming;
            }
        }
        return null;
    }

    static @Nullable Naming around(Reading text, int start, int end) {
        Naming before = before(text, start);
        if (before != null) {
            return before;
        }
        for (int i = end + 1; i <= end + BEHIND && i <= text.length(); i++) {
            Naming naming = WORDS.mayEndAt(text, i) && ends(text, i) ? WORDS.endingAt(text, i) : null;
            if (naming != null) {
                return naming;
            }
        }
        return null;
    }

    /** Settles most places without looking a word up; a hump of camelCase is an end too, and "driver's" goes on. */
    private static boolean ends(Reading text, int at) {
        char next = text.at(at);
        boolean owner = next == '\'' && Ascii.lower(text.at(at + 1)) == 's' && !Ascii.letter(text.at(at + 2));
        return text.at(at - 1) > ' ' && !owner && (!Ascii.letter(next) || Ascii.isUpper(next));
    }
}
