package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChineseMobileTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "13812345678",
                "138 1234 5678",
                "138-1234-5678",
                "138.1234.5678",
                "+8613812345678",
                "+86 13812345678",
                "+86-138-1234-5678",
                "008613812345678",
                "0086 138 1234 5678",
                "8613812345678",
                "86 138 1234 5678",
                "１３８１２３４５６７８",
                "138\u200B1234\u200B5678",
                "1381234\n5678",
                "1 3 8 1 2 3 4 5 6 7 8",
                "19912345678"
            })
    void a_mobile_number_is_found_as_written(String number) {
        assertThat(Found.in("请回电" + number + "，谢谢")).containsExactly("cn_mobile:" + number);
        assertThat(Found.in("（" + number + "）")).containsExactly("cn_mobile:" + number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"版本3.12不行。%s是我的电话", "My order is late! %s", "Version 3.12 does not work here. %s"})
    void what_a_sentence_says_of_a_thing_says_nothing_of_the_number_in_the_next(String text) {
        assertThat(Found.in(text.formatted("13812345678"))).containsExactly("cn_mobile:13812345678");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "备份文件有 15555500001 字节，能放进内存吗？",
                "客服热线 400-800-8000",
                "0.13812345678",
                "13812345678.5",
                "price $13812345678",
                "订单 13812345678",
                "order no. 13812345678",
                "a13812345678b",
                "550e8400-e29b-41d4-a716-446655440000",
                "13812345678123",
                "12812345678",
                "2026-11-23 10:15:30.123456",
                "从 17.0.15+6 升级到 1.24.63.4",
                "192.168.138.123",
                "1767225600000",
                "git revert 13912345678abcdef0123456789abcdef0123456"
            })
    void other_numbers_are_no_mobile(String text) {
        assertThat(Found.in(text)).isEmpty();
    }
}
