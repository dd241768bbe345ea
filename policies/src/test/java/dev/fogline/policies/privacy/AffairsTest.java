package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AffairsTest {
    private static boolean own(String text) {
        return Detectors.standard().about(text).contains(Subject.AFFAIRS);
    }

    /** The share of the lines with that sign that are called own affairs. */
    private static double share(String file, String sign) throws IOException {
        try (InputStream in = Objects.requireNonNull(AffairsTest.class.getResourceAsStream("/affairs/" + file))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(sign))
                    .map(line -> line.substring(2))
                    .toList();
            return (double) lines.stream().filter(AffairsTest::own).count() / lines.size();
        }
    }

    @ParameterizedTest
    @CsvSource({"unseen-en.txt, 0.8", "unseen-zh.txt, 0.9"})
    void most_sentences_about_own_affairs_that_nothing_was_learned_from_are_recognised(String file, double least)
            throws IOException {
        assertThat(share(file, "+")).isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unseen-en.txt", "unseen-zh.txt"})
    void few_general_sentences_that_nothing_was_learned_from_are_taken_for_own_affairs(String file) throws IOException {
        assertThat(share(file, "-")).isLessThanOrEqualTo(0.2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Our supplier has not delivered, please write to the manager of the company and ask for a refund",
                "ＯＵＲ ＳＵＰＰＬＩＥＲ has not delivered, please write to the manager of the company and ask for a refund",
                "Our supp\u200blier has not delivered, please write\\nto the manager of the company and ask for a refund",
                "供应商还没有发货，帮我给客户写一封邮件道歉，说明我们公司的情况",
            })
    void own_affairs_are_recognised_however_they_are_written(String text) {
        assertThat(own(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the difference between a list and a tuple in Python?",
                "Write a story about a dragon who is afraid of heights.",
                "You are a helpful assistant. Answer briefly.",
                "解释一下牛顿第二定律",
                "用 Java 写一个二分查找",
            })
    void what_is_everybodys_is_not(String text) {
        assertThat(own(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "company", "our company", "customer_email", "客户", "我公司"})
    void a_word_or_two_say_nothing(String text) {
        assertThat(own(text)).isFalse();
    }

    @Test
    void the_same_word_again_says_no_more() {
        byte[] learned = new byte[Affairs.PLACES];
        Arrays.fill(learned, (byte) 1);
        var affairs = new Affairs(new Affairs.Learned(-1.5f, 1, learned));
        affairs.begin();
        for (int i = 0; i < 100; i++) {
            affairs.word(7, 'a', 'b');
            affairs.sentenceEnd();
        }
        assertThat(affairs.places()).hasSize(1);
        assertThat(affairs.own()).isFalse();
    }

    @Test
    void a_text_is_judged_without_those_before_it() {
        byte[] learned = new byte[Affairs.PLACES];
        Arrays.fill(learned, (byte) 1);
        var affairs = new Affairs(new Affairs.Learned(0, 1, learned));
        affairs.begin();
        affairs.word(7, 'a', 'b');
        affairs.begin();
        assertThat(affairs.places()).isEmpty();
    }

    @Test
    void of_a_text_that_is_longer_than_one_stretch_all_words_count() {
        String general = "Explain how a compiler turns source code into machine code, step by step. ";
        String own = "Please inform our customers that the delivery of their order is delayed and that we apologise. "
                + "The manager of our branch will call the client on Monday about the contract and the invoice. ";
        assertThat(own(general.repeat(150))).isFalse();
        assertThat(own("7 ".repeat(8_000) + own)).isTrue();
        assertThat(own(own + "7 ".repeat(8_000))).isTrue();
    }
}
