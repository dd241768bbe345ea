package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "zhang.san1988@mail.cn",
                "a@b.cn",
                "first.last+tag@mail.example.co.uk",
                "user@xn--fiqs8s.com",
                "user@shop.xn--p1ai",
                "13812345678@qq.com",
                "ｌｉｗｅｉ＠ｑｑ．ｃｏｍ",
                "li\u200Bwei@qq.com"
            })
    void an_address_is_found_among_words(String address) {
        for (String text : new String[] {"账号%s，帮我", "<%s>", "mailto:%s?subject=x", "write to %s.", "%s", "%s-张三"}) {
            assertThat(Found.in(text.formatted(address))).containsExactly("email:" + address);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "info@nowhere.",
                "@Override",
                "import x from @scope/package.css",
                "root@0123456789ab:~#",
                "npm install left-pad@1.3.0",
                "logo@2x.png",
                "git@github.com:owner/name.git",
                "ssh://git@github.com/owner/name",
                "a @ b.com",
                "@@@@"
            })
    void other_signs_are_no_address(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @Test
    void an_id_number_before_the_sign_makes_the_address_restricted_and_covers_it_whole() {
        assertThat(Found.in("邮箱 110105194912310028@qq.com")).containsExactly("email:110105194912310028@qq.com");
        assertThat(Found.in("邮箱 11010519491231002X@qq.com")).containsExactly("cn_id:11010519491231002X@qq.com");
    }
}
