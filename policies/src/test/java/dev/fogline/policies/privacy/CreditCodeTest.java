package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CreditCodeTest {
    private static final String CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /** By the definition in GB 32100: weights are powers of 3 modulo 31. */
    private static String code(String body, Random random) {
        var code = new StringBuilder(body);
        while (code.length() < 17) {
            code.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        code.setCharAt(12, 'K');
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += CHARACTERS.indexOf(code.charAt(i)) * (int) (Math.pow(3, i) % 31);
        }
        return code.append(CHARACTERS.charAt((31 - sum % 31) % 31)).toString();
    }

    private static String spoiled(String code) {
        char last = code.charAt(17) == '0' ? '1' : '0';
        return code.substring(0, 17) + last;
    }

    @Test
    void a_code_with_a_right_check_character_needs_no_word() {
        var random = new Random(5);
        for (String body : new String[] {"91440300", "52110105", "12310104", "N2440106", "A1510107"}) {
            String code = code(body, random);
            assertThat(Found.in("请查一下" + code + "是哪家")).containsExactly("uscc:" + code);
            assertThat(Found.in("代码 " + spoiled(code) + " 是什么")).isEmpty();
        }
    }

    @Test
    void a_wrong_check_character_counts_where_the_context_names_the_code() {
        String wrong = spoiled(code("91440300", new Random(6)));
        assertThat(Found.in("统一社会信用代码" + wrong + "查不到")).containsExactly("uscc:" + wrong);
        assertThat(Found.in("税号：" + wrong)).containsExactly("uscc:" + wrong);
        assertThat(Detectors.standard().find("信用代码" + wrong).getFirst().confidence())
                .isLessThan(1);
    }

    @Test
    void an_id_number_stays_one() {
        String id = Samples.id(new Random(7));
        assertThat(Found.in("信用代码 " + id)).containsExactly("cn_id:" + id);
    }
}
