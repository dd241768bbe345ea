package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Telephones, addresses of machines, wallets and dates of birth. */
class ReachTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            call me at (212) 736-5000 now  | (212) 736-5000
            212-736-5000                   | 212-736-5000
            212.736.5000                   | 212.736.5000
            1-212-736-5000                 | 1-212-736-5000
            +1 212 736 5000                | +1 212 736 5000
            +442071838750                  | +442071838750
            +44 (0)20 7183 8750            | +44 (0)20 7183 8750
            +49 30 901820, or by mail      | +49 30 901820
            Phone: 451 5986                | 451 5986
            Fax: 212-736-5000x45           | 212-736-5000x45
            tel. 03.93.92.16.85            | 03.93.92.16.85
            {"mobile":"2127365000"}        | 2127365000
            reach me at 0490 75 40 81      | 0490 75 40 81
            phone ２１２－７３６－５０００      | ２１２－７３６－５０００
            """)
    void a_telephone_is_found_as_written(String text, String number) {
        assertThat(Found.in(text)).containsExactly("phone:" + number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2127365000",
                "invoice 212-736-5000",
                "112-136-5000",
                "free of charge: 800-736-5000",
                "call 3.1415926",
                "contact since 2015-12-22 04:34:22",
                "on 2015-12-22",
                "call 1,234,567 of them",
                "+12",
                "+1234567890123",
                "phone 12345"
            })
    void other_numbers_are_no_telephones(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "from 41.173.96.26,41.173.96.26",
        "server 8.34.9.17:8443,8.34.9.17",
        "203.0.113.7,203.0.113.7",
        "2001:db8:85a3::8a2e:370:7334,2001:db8:85a3::8a2e:370:7334",
        "at [2400:c401::5054:ff:fe1b:b031]:80,2400:c401::5054:ff:fe1b:b031",
        "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8"
    })
    void an_address_of_the_internet_is_found(String text, String address) {
        assertThat(Found.in(text)).containsExactly("ip:" + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version 17.0.15.6",
                "1.24.63.4",
                "server 127.0.0.1",
                "host 192.168.1.17",
                "host 10.20.30.40",
                "dns 8.8.8.8",
                "upgrade to 120.0.6099.109",
                "1.2.3.4.5",
                "999.173.96.26",
                "std::vector",
                "12:34:56",
                "a::b",
                "::1"
            })
    void versions_times_and_what_is_nobodys_is_no_address(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:1A:2B:3C:4D:5E", "0a:23:f5:67:89:ac", "00-1A-2B-3C-4D-5E", "AC-DE-48-00-11-22"})
    void an_address_of_a_network_card_is_found(String address) {
        assertThat(Found.in("device " + address + ", please")).containsExactly("mac:" + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00:1A:2B:3C:4D", "ff:ff:ff:ff:ff:ff", "00-00-00-00-00-00", "00:1A-2B:3C-4D:5E", "12:34:56"})
    void what_is_not_of_a_card_is_not_found(String address) {
        assertThat(Found.in(address)).isEmpty();
    }

    /** Addresses that their standards print as examples, and what a slip makes of them. */
    @ParameterizedTest
    @CsvSource({
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2,1",
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3,0",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4,1",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5,0",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed,1",
        "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed,0"
    })
    void a_wallet_is_found_by_its_checksum(String wallet, int found) {
        assertThat(Found.in("send it to " + wallet)).hasSize(found).allMatch(one -> one.equals("wallet:" + wallet));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DOB: 05/14/1983              | 05/14/1983
            born on 14 May 1983 in Bonn  | 14 May 1983
            born May 14, 1983            | May 14, 1983
            date of birth 1983-05-14     | 1983-05-14
            {"birth_date":"14.05.83"}    | 14.05.83
            Birthday: 14th of May 1983   | 14th of May 1983
            dob 19830514                 | 19830514
            """)
    void a_date_of_birth_is_one_that_words_call_so(String text, String date) {
        assertThat(Found.in(text)).containsExactly("date_of_birth:" + date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "due on 05/14/1983",
                "on May 14, 1983",
                "born in 1983",
                "born 3 miles away",
                "born 12/3",
                "dob 1/2/3/4"
            })
    void another_date_is_none_of_birth(String text) {
        assertThat(Found.in(text)).isEmpty();
    }
}
