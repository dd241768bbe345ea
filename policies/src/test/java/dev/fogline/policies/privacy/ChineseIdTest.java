package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChineseIdTest {
    private final String valid = Samples.id(new Random(1));
    private final String wrong = valid.substring(0, 17) + (valid.charAt(17) == '0' ? '1' : '0');

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "身份证%s，谢谢",
                "我叫张三%s住北京",
                "ID:%s.",
                "id%s",
                "{\"idCard\":\"%s\"}",
                "a=%s&b=1",
                "(%s)",
                "%s,%<s",
                "no label, just %s in a sentence",
                "订单号%s"
            })
    void a_valid_number_is_found_wherever_it_stands(String surrounding) {
        assertThat(Found.in(surrounding.formatted(valid))).contains("cn_id:" + valid);
    }

    @Test
    void a_number_is_found_in_every_form_that_people_write() {
        for (String between : new String[] {" ", "-", ".", "\n", "\r\n", "\u00A0", "\u3000", " - ", "\u2013"}) {
            String written = Samples.joined(valid, between, 6, 8, 4);
            assertThat(Found.in("身份证 " + written + " 请核对")).containsExactly("cn_id:" + written);
        }
        for (String form : new String[] {
            Samples.joined(valid, " ", 1),
            Samples.joined(valid, "\u200B", 1),
            Samples.joined(valid, "\uFEFF", 5),
            Samples.joined(valid, "\u2060", 9),
            Samples.joined(valid, "\n", 11),
            Samples.joined(valid, " ", 4),
            Samples.fullWidth(valid)
        }) {
            assertThat(Found.in("号码 " + form + " 请核对")).containsExactly("cn_id:" + form);
        }
    }

    @Test
    void a_number_in_json_inside_a_string_is_found_as_it_stands_there() {
        String escaped = valid.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
        assertThat(Found.in("{\"a\":\"\\u4f60" + valid + "\\n\"}")).containsExactly("cn_id:" + valid);
        assertThat(Found.in("{\"a\":\"" + escaped + "\"}")).containsExactly("cn_id:" + escaped);
        assertThat(Found.in("\\n13812345678\\n\\uFF11\\uzzzz\\u")).containsExactly("cn_mobile:13812345678");
    }

    @Test
    void the_check_letter_is_read_in_both_cases_and_forms() {
        String digits = "11010519491231002";
        assertThat(Samples.checkOf(digits)).isEqualTo('X');
        for (String x : new String[] {"X", "x", "Ｘ", "ｘ", "\u2169"}) {
            assertThat(Found.in("号码" + digits + x + "。")).containsExactly("cn_id:" + digits + x);
        }
    }

    @Test
    void a_wrong_check_digit_counts_only_where_the_context_names_the_number() {
        assertThat(Found.in("身份证号码是" + wrong + "，页面说不对")).containsExactly("cn_id:" + wrong);
        assertThat(Found.in("{\"idCardNo\": \"" + wrong + "\"}")).containsExactly("cn_id:" + wrong);
        assertThat(Found.in("Chinese ID number: " + wrong)).containsExactly("cn_id:" + wrong);
        assertThat(Found.in(wrong + "是我的身份证号")).containsExactly("cn_id:" + wrong);
        assertThat(Found.in("数字" + wrong + "有什么含义")).doesNotContain("cn_id:" + wrong);
        assertThat(Found.in("身份证已上传，订单号" + wrong)).doesNotContain("cn_id:" + wrong);
        assertThat(Detectors.standard().find("身份证" + wrong).getFirst().confidence())
                .isLessThan(Detectors.standard().find("身份证" + valid).getFirst().confidence());
    }

    @Test
    void an_old_number_of_15_digits_counts_only_with_context() {
        assertThat(Found.in("旧身份证号 110105491231002")).containsExactly("cn_id:110105491231002");
        assertThat(Found.in("流水 110105491231002")).isEmpty();
        assertThat(Found.in("旧身份证号 110105491331002")).isEmpty();
    }

    @Test
    void ordinary_numbers_are_no_id() {
        assertThat(Found.in("订单号202401010000000018到哪里了？")).isEmpty();
        assertThat(Found.in("12345678901234567 mod 97 是几")).isEmpty();
        assertThat(Found.in("{\"id\": 110105199013310023}")).isEmpty();
    }
}
