package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankCardTest {
    private final Random random = new Random(2);

    @ParameterizedTest
    @CsvSource({
        "62,16", "62,17", "62,18", "62,19", "4,16", "4,19", "53,16", "2221,16", "37,15", "6011,16", "3530,16", "36,14"
    })
    void a_card_of_a_known_issuer_needs_no_context(String prefix, int length) {
        String card = Samples.card(prefix, length, random);
        String wrong = card.substring(0, length - 1) + (card.charAt(length - 1) == '0' ? '1' : '0');

        assertThat(Found.in("号码" + card + "能用吗")).containsExactly("bank_card:" + card);
        assertThat(Found.in("号码" + wrong + "能用吗")).isEmpty();
        assertThat(Found.in("银行卡号" + wrong + "能用吗")).containsExactly("bank_card:" + wrong);
    }

    @ParameterizedTest
    @CsvSource({"4,13", "50,12", "6304,12", "1800,15"})
    void short_and_rare_numbers_count_as_cards_where_the_context_says_so(String prefix, int length) {
        String card = Samples.card(prefix, length, random);
        assertThat(Found.in("I think I left card " + card + " at the till")).containsExactly("bank_card:" + card);
        assertThat(Found.in("My card, the old one, ends soon: " + card)).containsExactly("bank_card:" + card);
    }

    @Test
    void a_card_is_found_in_every_form_that_people_write() {
        for (int length : new int[] {16, 19}) {
            String card = Samples.card("62", length, random);
            for (String between : new String[] {" ", "-", ".", "\u00A0", "\u200B", "\u2011"}) {
                String written = Samples.joined(card, between, 4);
                assertThat(Found.in("付款 " + written + " 谢谢")).containsExactly("bank_card:" + written);
                assertThat(Found.in("x " + written + " y")).containsExactly("bank_card:" + written);
            }
            for (String form : new String[] {
                Samples.fullWidth(card),
                Samples.joined(card, "\n", 10),
                Samples.joined(card, " ", 1),
                Samples.joined(card, " ", 6, 13)
            }) {
                assertThat(Found.in("x " + form + " y")).containsExactly("bank_card:" + form);
            }
        }
    }

    @Test
    void cards_in_a_row_are_all_found() {
        String one = Samples.joined(Samples.card("4", 16, random), " ", 4);
        String two = Samples.joined(Samples.card("53", 16, random), " ", 4);
        String three = Samples.card("62", 19, random);
        assertThat(Found.in(one + " " + two + " " + three))
                .containsExactly("bank_card:" + one, "bank_card:" + two, "bank_card:" + three);
        assertThat(Found.in(one + "\n" + two + "\n" + three)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "条码 6900000000007 怎么查",
                "发票代码 011002200311 号码 00012345 怎么填",
                "登录来自 100.100.100.107，账号 x",
                "1700000000004",
                "4611686018427387904",
                "3.141592653589793238",
                "4111 1111 4111 1111 4111 1111 4111 1111 4111 1111",
                "0x4111111111111111ab"
            })
    void other_numbers_are_no_card(String text) {
        assertThat(Found.in(text)).isEmpty();
    }
}
