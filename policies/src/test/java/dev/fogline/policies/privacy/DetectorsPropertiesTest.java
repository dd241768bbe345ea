package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DetectorsPropertiesTest {
    private static final Detectors DETECTORS = Detectors.standard();

    private static final List<String> ORDINARY = List.of(
            "请帮我总结这份材料，",
            "How do I write a unit test in Java 17.0.15? ",
            "订单已发货。",
            "{\"a\": [1, 2, 3], \"b\": \"2026-11-23T10:15:30Z\"} ",
            "for (int i = 0; i < 10; i++) { sum += i; }\n",
            "访问 127.0.0.1:8080 或拨打 400-800-8000 ",
            "π ≈ 3.14159; e ≈ 2.71828\n",
            "😀 第3章第12页 ");

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.longs().map(seed -> Samples.id(new Random(seed)));
    }

    @Provide
    Arbitrary<String> writtenIds() {
        Arbitrary<String> between =
                Arbitraries.of(" ", "-", ".", "\n", "\u00A0", "\u200B", "\u200D", "\uFEFF", "\u2060", "\u3000");
        Arbitrary<String> parted = Arbitraries.of(List.of(
                        new int[] {6, 8, 4},
                        new int[] {1},
                        new int[] {4},
                        new int[] {6, 4, 4, 4},
                        new int[] {9},
                        new int[] {17, 1},
                        new int[] {3}))
                .flatMap(sizes -> between.flatMap(sign -> ids().map(id -> Samples.joined(id, sign, sizes))));
        return Arbitraries.oneOf(
                ids(), ids().map(Samples::fullWidth), ids().map(id -> id.toLowerCase(Locale.ROOT)), parted);
    }

    @Provide
    Arbitrary<String> surroundings() {
        return Arbitraries.of("", "身份证号", "证件：", "id=", "\"", "(", "，", "a", "\n", "卡号", "#", "：\u200B", "订单号", "😀");
    }

    @Provide
    Arbitrary<String> ordinary() {
        return Arbitraries.of(ORDINARY).list().ofMaxSize(6).map(parts -> String.join("", parts));
    }

    /** Strings full of what detectors look for, and lone surrogates among them. */
    @Provide
    Arbitrary<String> anything() {
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.of(
                        "sk-",
                        "eyJ",
                        "password=",
                        "密码",
                        "@",
                        ":",
                        "=",
                        "~",
                        "-----BEGIN PRIVATE KEY-----",
                        "curl -u ",
                        "://",
                        "身份证",
                        "+86",
                        "\uD83D",
                        "\uDE00",
                        "\uFEFF",
                        "１",
                        "X",
                        " ",
                        "\n",
                        "bearer ",
                        "value=\"",
                        "\\",
                        "\\u",
                        "\\uFF11",
                        "\\u200b",
                        "\\n",
                        "\uFFFE",
                        "|"),
                Arbitraries.integers().between(0, 99_999_999).map(String::valueOf),
                Arbitraries.strings().all().ofMaxLength(8),
                ids(),
                Arbitraries.strings().ascii().ofMaxLength(40));
        return pieces.list().ofMaxSize(30).map(parts -> String.join("", parts));
    }

    @Property(tries = 4000)
    void every_valid_id_in_every_form_and_surrounding_is_found(
            @ForAll("surroundings") String before,
            @ForAll("writtenIds") String id,
            @ForAll("surroundings") String after) {
        String text = before + id + after;
        assertThat(DETECTORS.find(text)).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.CN_ID);
            assertThat(finding.start()).isLessThanOrEqualTo(before.length());
            assertThat(finding.end()).isGreaterThanOrEqualTo(before.length() + id.length());
        });
    }

    @Property(tries = 4000)
    void findings_are_sorted_disjoint_and_inside_any_text(@ForAll("anything") String text) {
        int last = 0;
        for (Finding finding : DETECTORS.find(text)) {
            assertThat(finding.start()).isGreaterThanOrEqualTo(last);
            assertThat(finding.end()).isGreaterThan(finding.start()).isLessThanOrEqualTo(text.length());
            assertThat(finding.confidence()).isGreaterThan(0).isLessThanOrEqualTo(1);
            last = finding.end();
        }
    }

    /** What hides characters is met on the way, when what stands before it has been read. */
    @Property(tries = 4000)
    void the_same_is_found_in_a_text_that_was_folded_before(
            @ForAll("anything") String some, @ForAll("hidden") String more) {
        String text = some + more;
        assertThat(DETECTORS.find(text)).isEqualTo(DETECTORS.find(new Reading(text), TimeLimit.NONE));
    }

    /** Signs and letters of full width are folded one by one as they are met; all that is behind them is not yet. */
    @Property(tries = 4000)
    void the_same_is_found_in_a_chinese_text_that_was_folded_before(
            @ForAll("wide") String some, @ForAll("hidden") String more, @ForAll("wide") String last) {
        String text = "请看这段话，并且回答：".repeat(4) + some + more + last;
        assertThat(DETECTORS.find(text)).isEqualTo(DETECTORS.find(new Reading(text), TimeLimit.NONE));
    }

    /** They may be a parser's, which goes on with them. */
    @Property(tries = 500)
    void the_characters_given_stay_as_they_are(@ForAll("wide") String some, @ForAll("anything") String more) {
        char[] given = (some + more).toCharArray();
        DETECTORS.find(given, 0, given.length, null, TimeLimit.NONE, new Noted());
        assertThat(new String(given)).isEqualTo(some + more);
    }

    @Provide
    Arbitrary<String> wide() {
        Arbitrary<String> pieces = Arbitraries.of(
                "password: aK9#mQ2vL7pw",
                "sk-proj-",
                "4111 1111 1111 1111",
                "a.miller@example.com",
                "bearer ",
                "key=",
                "\\u0031",
                "\\",
                "138 0013 8000");
        Arbitrary<String> wide = pieces.map(Samples::fullWidth);
        Arbitrary<String> others = Arbitraries.of("，", "密码：", "。", "\u200b", "“", "中", "\\n", "\u3000");
        return Arbitraries.oneOf(pieces, wide, wide, others, ids().map(Samples::fullWidth))
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    /** A word that detectors look for, with something in it that nobody sees, from any place of a text on. */
    @Provide
    Arbitrary<String> hidden() {
        Arbitrary<String> words =
                Arbitraries.of("password: ", "sk-proj-", "bearer ", "AKIA", "key=", "pw: ", "wechat ");
        Arbitrary<String> hiding = Arbitraries.of("\u200b", "\u00AD", "\\u200b", "", "“", "\\n");
        return Combinators.combine(
                        Arbitraries.integers().between(0, 140),
                        words,
                        Arbitraries.integers().between(0, 4),
                        hiding)
                .as((before, word, at, sign) -> " ".repeat(before)
                        + word.substring(0, Math.min(at, word.length()))
                        + sign
                        + word.substring(Math.min(at, word.length()))
                        + "aK9mQ2vL7pwZ4tR8sX1cV5bN3");
    }

    @Property(tries = 4000)
    void the_same_is_found_in_a_text_that_is_known_to_be_ascii(
            @ForAll("anything") String some, @ForAll("writtenIds") String id, @ForAll("anything") String more) {
        String text = (some + id + more).replaceAll("[^\\p{ASCII}]", "");
        assertThat(knownForAscii(text, AsciiTextTest.ascii(text))).isEqualTo(oneByOne(text));
    }

    /** As it stands in a request, between other texts. */
    @Property(tries = 4000)
    void the_same_is_found_where_a_text_of_ascii_stands_among_others(
            @ForAll("anything") String some, @ForAll("anything") String around) {
        String text = some.replaceAll("[^\\p{ASCII}]", "");
        byte[] before = ("\"......." + around + "\"").getBytes(StandardCharsets.UTF_8);
        byte[] all = (new String(before, StandardCharsets.ISO_8859_1) + text + "\"}" + around)
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(knownForAscii(text, new AsciiText(all, before.length, text.length())))
                .isEqualTo(oneByOne(text));
    }

    @Property(tries = 4000)
    void the_same_is_found_in_a_text_that_is_nearly_ascii(
            @ForAll("anything") String some, @ForAll("hidden") String more, @ForAll("written") String value) {
        String text = some.replaceAll("[^\\p{ASCII}]", "") + more + value + " and so on".repeat(30);
        assertThat(DETECTORS.find(text)).isEqualTo(oneByOne(text));
    }

    @Example
    void a_few_chinese_words_in_english_prose_are_read_too() {
        String prose = "Please put this into plain words. ".repeat(10);
        String text = prose + "\u5BC6\u7801\u662FxK9#mQ2vL7pw";
        assertThat(DETECTORS.find(text)).extracting(Finding::kind).containsExactly(FindingKind.PASSWORD);
        assertThat(DETECTORS.about(prose + "\u6211\u6709\u7CD6\u5C3F\u75C5")).contains(Subject.HEALTH);
    }

    /** Beside a character that is a letter elsewhere, or a sign that something is looked for at. */
    @Provide
    Arbitrary<String> written() {
        return Combinators.combine(
                        Arbitraries.of("", "caf\u00E9 ", "\u00E9", "\u4E2D", "\u5BC6", "\uD83D\uDE00", "\u27E6"),
                        Arbitraries.of("password: xK9#mQ2vL7pw", "a.miller@example.com", "4111 1111 1111 1111"),
                        Arbitraries.of("", "\u00E9", "\u4E2D", "\u27E7", "\uFF0C"))
                .as((before, value, after) -> before + value + after);
    }

    private static List<Finding> oneByOne(String text) {
        return DETECTORS.find(Reading.borrowing(text.toCharArray(), 0, text.length(), null), TimeLimit.NONE);
    }

    private static List<Finding> knownForAscii(String text, AsciiText known) {
        return DETECTORS.find(text.toCharArray(), 0, text.length(), known, TimeLimit.NONE, new Noted());
    }

    /** What is masked goes by it. */
    @Property(tries = 500)
    void who_looks_for_spans_only_misses_none(@ForAll("anything") String some, @ForAll("ids") String id) {
        String text = "Dear Anna Miller, 王小明在项目 Bluebird 中。" + some + " " + id + ". She has diabetes.";
        var everything = Detectors.of(EnumSet.allOf(DetectorGroup.class))
                .with(Custom.of(
                        List.of(new Custom.Entry("project", List.of("Bluebird"), Optional.empty(), List.of()))));
        List<Finding> found = everything.find(text);
        assertThat(found).extracting(Finding::kind).contains(FindingKind.PERSON, FindingKind.CUSTOM);
        assertThat(everything.ofSpans().find(text)).isEqualTo(found);
        assertThat(everything.ofSpans().tellSubjects()).isFalse();
    }

    /** An escape makes the whole text one that may hold anything, from its first one to its end. */
    @Example
    void what_escapes_stand_for_is_found_far_behind_the_first_of_them() {
        String text = "\\n" + "nothing to see here ".repeat(10) + "\\u5bc6\\u7801\\uff1axK9#mQ2vL7pw";
        assertThat(knownForAscii(text, AsciiTextTest.ascii(text)))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.PASSWORD);
    }

    @Property(tries = 1000)
    void ordinary_text_around_a_value_neither_hides_nor_adds_findings(
            @ForAll("ordinary") String before, @ForAll("ids") String id, @ForAll("ordinary") String after) {
        assertThat(DETECTORS.find(before + after)).isEmpty();
        assertThat(DETECTORS.find(before + id + "," + after))
                .containsExactly(new Finding(
                        FindingKind.CN_ID, before.length(), before.length() + id.length(), 1.0, Evidence.CHECKSUM));
    }

    @Property(tries = 1000)
    void the_class_of_a_request_is_that_of_its_most_sensitive_finding(
            @ForAll("anything") String one, @ForAll("anything") String two) {
        var scan = PromptScan.with(DETECTORS);
        scan.text(one);
        scan.text(two);
        var expected = Sensitivity.PUBLIC;
        int count = 0;
        for (String text : List.of(one, two)) {
            for (Finding finding : DETECTORS.find(text)) {
                expected = expected.max(finding.kind().sensitivity());
                count++;
            }
        }
        assertThat(scan.sensitivity()).isEqualTo(expected);
        assertThat(scan.findings().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(count);
    }

    @Property(tries = 2000)
    void cards_and_mobiles_of_every_draw_are_found(@ForAll long seed) {
        var random = new Random(seed);
        String card = Samples.card(random.nextBoolean() ? "62" : "4", 16, random);
        String mobile = Samples.mobile(random);
        assertThat(Found.in("卡 " + card + "，手机 " + mobile)).containsExactly("bank_card:" + card, "cn_mobile:" + mobile);
    }
}
