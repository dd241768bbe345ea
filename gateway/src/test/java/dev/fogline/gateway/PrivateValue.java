package dev.fogline.gateway;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Something that may not leave, drawn here: nothing that looks like a real one is written into the project.
 *
 * @param plain as a machine would write it
 * @param groups sizes of the groups in which people write it; empty where nobody parts it
 * @param before and after: words around it, which name it where its form alone does not
 * @param key what a program calls it
 */
record PrivateValue(Kind kind, String plain, List<Integer> groups, String before, String after, String key) {
    /** What it is, and whether it may leave masked or not at all. */
    enum Kind {
        CN_ID,
        BANK_CARD,
        PASSPORT,
        US_SSN,
        IBAN,
        PRIVATE_KEY,
        API_KEY,
        PASSWORD,
        MEDICAL_RECORD,
        MOBILE,
        EMAIL;

        boolean mayLeaveMasked() {
            return this == MOBILE || this == EMAIL;
        }

        /** Whether its check digit, its form or its prefix tells what it is without any words. */
        boolean speaksForItself() {
            return this != PASSPORT && this != PASSWORD && this != MEDICAL_RECORD;
        }
    }

    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String ALPHANUMERIC = LETTERS + LETTERS.toUpperCase(java.util.Locale.ROOT) + DIGITS;
    private static final List<Integer> FOURS = List.of(4);

    static PrivateValue draw(Kind kind, boolean chinese, Random random) {
        return switch (kind) {
            case CN_ID ->
                of(
                        kind,
                        id(random),
                        one(random, List.of(List.of(6, 4), List.of(6, 8, 4), List.of(3))),
                        one(
                                random,
                                chinese
                                        ? List.of("我的身份证号是%s，帮我查一下", "身份证：%s", "请登记%s这个证件", "%s是他的身份证号码")
                                        : List.of(
                                                "my Chinese ID number is %s, thanks",
                                                "please look up %s for me", "ID card: %s.")),
                        "idCard");
            case BANK_CARD ->
                of(
                        kind,
                        card(random),
                        FOURS,
                        one(
                                random,
                                chinese
                                        ? List.of("银行卡号%s，有效期09/28", "我的卡 %s 丢了", "信用卡：%s", "请从%s扣款")
                                        : List.of("card number %s exp 09/28", "charge %s please", "my Visa is %s.")),
                        "card_number");
            case PASSPORT -> {
                String letters = one(random, chinese ? List.of("E", "G", "EA") : List.of("", "K", "C"));
                yield of(
                        kind,
                        letters + digits(random, 9 - letters.length()),
                        List.of(5, 4),
                        one(
                                random,
                                chinese
                                        ? List.of("护照号%s，下周出发", "我的护照号码是%s", "护照：%s")
                                        : List.of(
                                                "passport number %s, leaving soon",
                                                "my passport no. is %s", "Passport: %s")),
                        chinese ? "passportNo" : "passport_number");
            }
            case US_SSN ->
                of(
                        kind,
                        ssn(random),
                        List.of(3, 2, 4),
                        one(
                                random,
                                chinese
                                        ? List.of("他的美国社会安全号 SSN: %s", "SSN是%s，请核对")
                                        : List.of(
                                                "my SSN is %s, please check", "social security number: %s", "SSN %s.")),
                        "ssn");
            case IBAN ->
                of(
                        kind,
                        iban(random),
                        FOURS,
                        one(
                                random,
                                chinese
                                        ? List.of("请转到 IBAN %s，谢谢", "收款账户：%s")
                                        : List.of("pay to %s today", "my IBAN is %s.")),
                        "iban");
            case PRIVATE_KEY ->
                of(
                        kind,
                        "-----BEGIN PRIVATE KEY-----\n" + string(random, ALPHANUMERIC, 64) + '\n'
                                + string(random, ALPHANUMERIC, 64) + '\n' + string(random, ALPHANUMERIC, 40)
                                + "==\n-----END PRIVATE KEY-----",
                        List.of(),
                        chinese ? "这个私钥能用吗？\n%s\n请看" : "does this key work?\n%s\nThanks",
                        "private_key");
            case API_KEY ->
                of(
                        kind,
                        apiKey(random),
                        List.of(),
                        one(
                                random,
                                chinese
                                        ? List.of("我的密钥是%s，帮我看看", "api_key=%s")
                                        : List.of("use %s for it", "export API_KEY=%s", "key: %s.")),
                        "apiKey");
            case PASSWORD ->
                of(
                        kind,
                        password(random),
                        List.of(),
                        one(
                                random,
                                chinese
                                        ? List.of("密码：%s", "密码是%s，够强吗？", "password=%s")
                                        : List.of("my password is %s.", "password=%s", "DB_PASSWORD: %s")),
                        "password");
            case MEDICAL_RECORD ->
                chinese
                        ? of(
                                kind,
                                one(random, List.of("", "ZY", "MZ")) + (1 + random.nextInt(9)) + digits(random, 8),
                                one(random, List.of(List.of(3), FOURS)),
                                one(random, List.of("病历号%s，请调出", "住院号：%s", "患者编号是%s")),
                                "patientId")
                        : of(
                                kind,
                                (1 + random.nextInt(9)) + digits(random, 8),
                                one(random, List.of(List.of(3), FOURS)),
                                one(random, List.of("MRN: %s", "patient ID %s was seen", "medical record number %s")),
                                "mrn");
            case MOBILE ->
                of(
                        kind,
                        "1" + one(random, List.of("3", "5", "8")) + digits(random, 9),
                        List.of(3, 4),
                        one(
                                random,
                                chinese
                                        ? List.of("请致电%s，谢谢", "手机：%s", "%s是我的电话")
                                        : List.of("call me at %s, thanks", "mobile: %s", "my phone is %s.")),
                        "mobile");
            case EMAIL ->
                of(
                        kind,
                        string(random, LETTERS, 7) + "." + string(random, LETTERS, 5)
                                + one(random, List.of("@example.com", "@mail.example.org", "@example.net")),
                        List.of(),
                        one(
                                random,
                                chinese
                                        ? List.of("邮箱是 %s ，请回信", "写信给%s。")
                                        : List.of("write to %s, please", "mail: %s")),
                        "email");
        };
    }

    private static PrivateValue of(Kind kind, String plain, List<Integer> groups, String sentence, String key) {
        int at = sentence.indexOf("%s");
        return new PrivateValue(kind, plain, groups, sentence.substring(0, at), sentence.substring(at + 2), key);
    }

    /** Whether a program could write it as a number. */
    boolean numeric() {
        return plain.chars().allMatch(c -> c >= '0' && c <= '9') && plain.charAt(0) != '0';
    }

    String digitsOnly() {
        return plain.replaceAll("[^0-9]", "");
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String string(Random random, String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static String digits(Random random, int length) {
        return string(random, DIGITS, length);
    }

    private static String id(Random random) {
        String digits = "%s%04d%02d%02d%03d"
                .formatted(
                        one(random, List.of("110105", "310104", "440106", "620102", "510107")),
                        1930 + random.nextInt(90),
                        1 + random.nextInt(12),
                        1 + random.nextInt(28),
                        random.nextInt(1000));
        int product = 0;
        for (char digit : digits.toCharArray()) {
            product = (product + digit - '0') * 2 % 11;
        }
        return digits + "0123456789X".charAt((12 - product) % 11);
    }

    private static String card(Random random) {
        String prefix = one(random, List.of("4", "51", "55", "622202", "622848", "621700"));
        int length = prefix.length() == 6 && random.nextBoolean() ? 19 : 16;
        String digits = prefix + digits(random, length - 1 - prefix.length());
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 1 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return digits + (10 - sum % 10) % 10;
    }

    private static String ssn(Random random) {
        int area = 1 + random.nextInt(665);
        return "%03d-%02d-%04d".formatted(area, 1 + random.nextInt(99), 1 + random.nextInt(9999));
    }

    private static String iban(Random random) {
        String country = one(random, List.of("DE", "GB", "FR", "NO"));
        String account = switch (country) {
            case "DE" -> digits(random, 18);
            case "GB" -> "NWBK" + digits(random, 14);
            case "FR" -> digits(random, 10) + digits(random, 11) + digits(random, 2);
            default -> digits(random, 11);
        };
        var spelt = new StringBuilder();
        (account + country + "00").chars().forEach(c -> spelt.append(Character.digit(c, 36)));
        int remainder =
                new BigInteger(spelt.toString()).mod(BigInteger.valueOf(97)).intValue();
        return country + "%02d".formatted(98 - remainder) + account;
    }

    private static String apiKey(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "sk-proj-" + string(random, ALPHANUMERIC, 64);
            case 1 -> "sk-ant-api03-" + string(random, ALPHANUMERIC, 93);
            case 2 -> "ghp" + "_" + string(random, ALPHANUMERIC, 36);
            case 3 -> "glpat-" + string(random, ALPHANUMERIC, 20);
            case 4 -> "AKIA" + string(random, "ABCDEFGHJKLMNPQRSTUVWXYZ234567", 16);
            default -> "AIza" + string(random, ALPHANUMERIC, 35);
        };
    }

    /** As a person makes one up who was told to: letters of both cases, digits, a sign. */
    private static String password(Random random) {
        return string(random, LETTERS.toUpperCase(java.util.Locale.ROOT), 1)
                + string(random, LETTERS, 5)
                + digits(random, 4)
                + one(random, List.of("!", "#", "@", "$"))
                + string(random, LETTERS, 2);
    }
}
