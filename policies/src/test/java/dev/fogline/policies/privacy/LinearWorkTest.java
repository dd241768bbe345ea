package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever a text holds, the characters that detectors look at grow with its length, not with its square. */
class LinearWorkTest {
    static final List<String> HOSTILE = List.of(
            "1",
            "4111",
            "1 ",
            "12 ",
            "123 ",
            "1234 ",
            "12345-",
            "123456.",
            "1\n",
            "1\u200B",
            "86",
            "0086 ",
            "13812345678 ",
            "110105194912310028 ",
            "卡号4111111111111111,",
            "6221 0000 0000 0000 ",
            "@",
            "a@",
            "a@b.cc ",
            "a.a@a.a.",
            "a@a.aa-",
            "sk-",
            "sk-abcdefghijkl1-",
            "eyJ",
            "eyJ-",
            "eyJ.",
            "eyJhbGciOiJIUzI1NiIs.ey",
            "-----BEGIN PRIVATE KEY-----",
            "BEGIN PRIVATE KEY",
            "curl ",
            "curl -u ",
            "curl  --user a:b",
            "bearer ",
            "Basic a",
            "basic:",
            "=",
            "a=",
            ":",
            "::a",
            "password=",
            "password=Ab1x9z ",
            "password=\"",
            "password is ",
            "\\\"password\\\":",
            "value=",
            "token:",
            "://",
            "http://",
            "=http://a.bc?",
            "(https://a.bc/",
            "://a:b@",
            "~",
            "1Q~",
            "密码",
            "密码是",
            "口令：a",
            "12345:A",
            "1234567890123|a",
            "-",
            "_",
            "a",
            "A1",
            "xoxb-",
            "ZXlK",
            ",",
            "a,\"",
            "\"a\", \"b",
            "<a>",
            "<token>A1b2C3d4E5f6",
            "||",
            "a||",
            "adobe_token=A1b2C3d4E5f6G7h8",
            "\"type\": \"service_account\"",
            "kind: Secret\n",
            "kind: secret data:\n a: AAAAAAAAAA\n",
            "data:\n",
            "hooks.slack.com/",
            "ZXlK1234567890123456789012345678901234567890123456789/",
            "银行卡 1",
            "护照",
            "护照G",
            "护照G00000001、",
            "通行证C",
            "病历号",
            "病历号1234、",
            "住院号：",
            "社保卡号 A",
            "021-",
            "021-5555 0123 ",
            "02155550123",
            "86 10 ",
            "座机5",
            "座机：5550 1234 ",
            "京",
            "京A",
            "京A1234",
            "车京A12345",
            "微信",
            "微信号：abcdefgh ",
            "wxid_abcdef0",
            "QQ",
            "QQ12345678、",
            "QQ：",
            "1990年",
            "1990年1月2日",
            "生日1990-01-02",
            "1月2日",
            "号",
            "1号",
            "路1号",
            "南京市路1号",
            "北京市朝阳区建国路1号2栋3单元4室",
            "村",
            "省市县镇村",
            "镇李村",
            "室1室",
            "一号楼",
            "信用代码91440300",
            "91440300MA5K",
            "078-05-1120 ",
            "SSN 078051120,",
            "GB29 NWBK 6016 ",
            "GB29",
            "a1",
            "ab1 ",
            "account 1",
            "+1 ",
            "+1 202 555 0143 ",
            "(1",
            "1.1.1.1",
            "203.0.113.7 ",
            "ip 8.8.4.4,",
            "1:1:",
            "a:",
            "00:1a:",
            "00-1a-",
            "1A1zP1eP5QGefi2DMPTfTL5S",
            "0x1",
            "bc1",
            "bc1q",
            "born 1 May 1",
            "May 1,",
            "1/1/",
            "AB 12 34 56 C ",
            "1 Main ",
            "1 a b c ",
            "12 rue de ",
            "via a 1 ",
            "1 Main Street Apt 1 ",
            "St 1 ",
            "Box 1 ",
            "1/1 ",
            "hauptstraße 5 ",
            "1 A Street, London N1 1AA, ",
            "my key is ",
            "api key ",
            "is my password ",
            "| password | ",
            "mot de passe ",
            "password (",
            "x as the my our password ",
            "密钥",
            "加V",
            "0012.3456.",
            "9TJ",
            "1 - ",
            "12 - ",
            "12-\n",
            "1 May 1981 is ",
            "AB-1234567 mrn ",
            "中心E3-1-1205",
            "\uD800",
            "，");

    /** Counts how often detectors look at a character; the walk itself reads each one once. */
    private static final class CountingReading extends Reading {
        private long looks;

        CountingReading(String text) {
            super(text);
        }

        @Override
        char at(int i) {
            looks++;
            return super.at(i);
        }
    }

    private static long looksPerCharacter(String unit, int length) {
        var text = new CountingReading(unit.repeat(length / unit.length()));
        Detectors.standard().find(text, TimeLimit.NONE);
        return text.looks / length;
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void work_per_character_is_bounded_and_does_not_grow_with_the_text(String unit) {
        long inShort = looksPerCharacter(unit, 4_096);
        long inLong = looksPerCharacter(unit, 102_400);
        assertThat(inLong).isLessThanOrEqualTo(200).isLessThanOrEqualTo(inShort + inShort / 4 + 2);
    }
}
