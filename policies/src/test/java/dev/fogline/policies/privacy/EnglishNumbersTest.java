package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that English texts hold; all are made up here. */
class EnglishNumbersTest {
    private static final Random RANDOM = new Random(11);

    private static String digits(int count) {
        return RANDOM.ints(count, 0, 10).mapToObj(Integer::toString).collect(java.util.stream.Collectors.joining());
    }

    /** By the definition: the account with country and 00 behind it leaves a remainder that the check digits make 1. */
    private static String iban(String country, String account) {
        var spelt = new StringBuilder();
        (account + country + "00").chars().forEach(c -> spelt.append(Character.digit(c, 36)));
        int check = 98
                - new BigInteger(spelt.toString()).mod(BigInteger.valueOf(97)).intValue();
        return country + "%02d".formatted(check) + account;
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s-%s-%s", "%s %s %s", "%s.%s.%s", "%s%s%s"})
    void a_social_security_number_is_found_where_words_name_it(String form) {
        String ssn = form.formatted("219", "07", "4821");
        for (String text : new String[] {"My social security number is %s.", "ssn: %s", "{\"ssn\":\"%s\"}", "SSN=%s"}) {
            assertThat(Found.in(text.formatted(ssn))).containsExactly("us_ssn:" + ssn);
        }
        assertThat(Found.in(ssn + " is my SSN")).containsExactly("us_ssn:" + ssn);
    }

    @Test
    void a_social_security_number_as_it_is_printed_needs_no_word() {
        assertThat(Found.in("for 219-07-4821, please")).containsExactly("us_ssn:219-07-4821");
        assertThat(Found.in("２１９－０７－４８２１")).containsExactly("us_ssn:２１９－０７－４８２１");
    }

    @Test
    void a_taxpayer_number_is_one_of_the_groups_that_are_issued() {
        assertThat(Found.in("ITIN 912-75-4821")).containsExactly("us_ssn:912-75-4821");
        assertThat(Found.in("ITIN 912-45-4821")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSN 000-07-4821",
                "SSN 666-07-4821",
                "SSN 219-00-4821",
                "SSN 219-07-0000",
                "219074821",
                "order 219-07-4821",
                "219-07-48213",
                "1219-07-4821",
                "219 07 4821"
            })
    void what_is_never_issued_or_not_written_so_is_no_social_security_number(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GB,NWBK60161331926819", "DE,370400440532013000", "FR,20041010050500013M02606", "NO,86011117947"})
    void an_iban_is_found_by_its_check_digits(String country, String account) {
        String iban = iban(country, account);
        String printed = iban.replaceAll("(.{4})(?=.)", "$1 ");
        assertThat(Found.in("pay to " + iban + " today")).containsExactly("iban:" + iban);
        assertThat(Found.in("pay to " + printed + ".")).containsExactly("iban:" + printed);
        assertThat(Found.in("iban " + iban.toLowerCase(java.util.Locale.ROOT)))
                .containsExactly("iban:" + iban.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void a_number_of_one_length_is_found_where_a_line_break_parts_it() {
        String iban = iban("DE", "370400440532013000").replaceFirst("(.{4})", "$1\n");
        assertThat(Found.in("pay to " + iban + " today")).containsExactly("iban:" + iban);
        assertThat(Found.in("my SSN is 219\n074821.")).containsExactly("us_ssn:219\n074821");
        assertThat(Found.in("passport number K4821\n0937, valid")).containsExactly("passport:K4821\n0937");
        assertThat(Found.in("passport number 518203947\n12 pages")).containsExactly("passport:518203947");
        assertThat(Found.in("MRN 482\n1093 rows")).isEmpty();
    }

    @Test
    void an_iban_with_a_wrong_check_digit_is_one_only_where_words_name_it() {
        String wrong = "DE00370400440532013000";
        assertThat(Found.in("pay to " + wrong)).isEmpty();
        assertThat(Found.in("IBAN: " + wrong)).containsExactly("iban:" + wrong);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            passport number 518203947       | passport:518203947
            Passport No. K48210937 expires  | passport:K48210937
            his driver's license number is D482-1093-7465 | driver_licence:D482-1093-7465
            {"drivers_license":"S48210937"} | driver_licence:S48210937
            DL# 48210937                    | driver_licence:48210937
            licence JONES854213J99EF x      | driver_licence:JONES854213J99EF
            MRN: 4821093                    | medical_record:4821093
            patient ID 48-210937            | medical_record:48-210937
            NHS number 943 476 5919         | national_id:943 476 5919
            national insurance no. AB 12 34 56 C | national_id:AB 12 34 56 C
            we need AB123456C for it        | national_id:AB123456C
            bank account number 48210937    | bank_account:48210937
            account_number=4821093746       | bank_account:4821093746
            routing number 021000021        | bank_account:021000021
            """)
    void a_number_is_what_words_name_it(String text, String found) {
        assertThat(Found.in(text)).containsExactly(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the passport expires on 2031-05-14",
                "passport renewal costs 130",
                "license: Apache-2.0, 2004",
                "the account balance is $482109",
                "in the public 12345678 sector",
                "an account of 1848 and 1849",
                "patients: 12345",
                "version 518203947",
                "order number 48210937",
                "commit 4821093 of account"
            })
    void what_is_only_near_is_not_taken(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @Test
    void context_and_check_digit_are_told() {
        Finding routing = Detectors.standard().find("routing number 021000021").getFirst();
        assertThat(routing.evidence()).isEqualTo(Evidence.CONTEXT_AND_CHECKSUM);
        assertThat(Detectors.standard()
                        .find("routing number 021000022")
                        .getFirst()
                        .evidence())
                .isEqualTo(Evidence.CONTEXT);
        assertThat(Detectors.standard()
                        .find(iban("GB", "ABCD" + digits(14)))
                        .getFirst()
                        .evidence())
                .isEqualTo(Evidence.CHECKSUM);
    }
}
