package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTaggerTest {
    private static final TagModel MODEL = TagModel.standard();
    /** Without the rules, so that nothing else finds what the tagger misses. */
    private static final Detectors TAGGER = new Detectors(List.of(), new NameTagger(MODEL));

    private static List<String> found(String text) {
        return TAGGER.find(text).stream()
                .map(f -> f.kind().id() + ":" + text.substring(f.start(), f.end()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "We spoke with Tharindu Wijesekara about the shipment. | person:Tharindu Wijesekara",
                "Please ask Oyelaran whether the parcel came. | person:Oyelaran",
                "She has worked at Brightmoor for six years. | organisation:Brightmoor",
                "Our suppliers are Zentrova, Kaldor Freight and Nimbex. | organisation:Kaldor Freight",
                "The invoice of Haverling & Stroud is overdue. | organisation:Haverling & Stroud",
                "They flew from Reykjavik to Ljubljana last week. | place:Ljubljana",
                "Please send it to 27 Wisteria Lane by Friday. | address:27 Wisteria Lane",
                "i work at accenture in bengaluru | place:bengaluru",
            })
    void a_name_that_no_list_holds_is_found_by_what_stands_around_it(String text, String name) {
        assertThat(found(text)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The quick brown fox jumps over the lazy dog while the sun sets behind the hills.",
                "import java.util.List; public class Parser extends Base { String name; int count = 0; }",
                "SELECT Id, Total FROM Orders WHERE Status = 'Open' ORDER BY Total;",
                "for (int i = 0; i < rows.length; i++) { System.out.println(rows[i]); }",
                "## Getting Started\n\n- Install the Package\n- Run the Tests\n- Read the Output",
                "ANSWER ONLY WITH YES OR NO. DO NOT EXPLAIN.",
                "如何用 Python 写一个排序算法？请解释 HTTP 和 TCP 的区别。",
                "What is the difference between Kubernetes and Docker, and when should I use Helm?",
                "Der Vertrag wird von den Parteien unterzeichnet, sobald die Lieferung im Lager eingegangen ist.",
                "Veuillez trouver ci-joint le rapport annuel que le Directeur nous a demandé hier soir.",
                "getUserName setAccountNumber parse_http_header __init__ MAX_VALUE user@host /usr/local/Bin",
            })
    void what_holds_no_name_is_left_alone(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void a_name_is_found_again_where_nothing_speaks_for_it() {
        assertThat(found("We signed with Kaldor Freight Ltd in May. It rained. Blame Kaldor for that."))
                .contains("organisation:Kaldor");
    }

    @Test
    void what_the_rules_found_is_not_called_a_person() {
        assertThat(Found.names("You may call Total V. Ltd a name.")).noneMatch(name -> name.startsWith("person:"));
    }

    @Test
    void a_number_alone_is_no_address() {
        assertThat(found("It costs 4200 and weighs 17.\n\n4200\n\n17")).isEmpty();
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.of(
                        "Dear ",
                        "Anna",
                        " Kowalska",
                        "Ltd",
                        ", ",
                        "\n",
                        "12 ",
                        "Street",
                        "'s",
                        "’",
                        "-",
                        "&",
                        ".",
                        "U.",
                        "\uD83D",
                        "\u200B",
                        "\\n",
                        "\\u0041",
                        "ａ",
                        "王",
                        "İ",
                        "ß",
                        "\t",
                        "   ",
                        "a@b",
                        "_",
                        "/"),
                Arbitraries.strings().all().ofMaxLength(6),
                Arbitraries.strings().alpha().ofMaxLength(12));
        return pieces.list().ofMaxSize(60).map(parts -> String.join("", parts));
    }

    @Property(tries = 2000)
    void the_same_text_has_the_same_names_and_they_lie_within_it(@ForAll("texts") String text) {
        List<Finding> findings = TAGGER.find(text);
        assertThat(TAGGER.find(text)).isEqualTo(findings);
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.start()).isNotNegative().isLessThan(finding.end());
            assertThat(finding.end()).isLessThanOrEqualTo(text.length());
            assertThat(finding.confidence()).isBetween(0.35, 0.7);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "Aa ",
                "A.",
                "A-",
                "A&",
                "a'",
                "Ab, ",
                "12 Ab Street, ",
                "Anna Ab ",
                "ab",
                "Ab\n",
                "\n",
                "Ab/",
                "Ab.com ",
                "_"
            })
    void the_work_grows_with_the_length_of_a_text_and_not_faster(String piece) {
        long once = reads(piece.repeat(4_000 / piece.length()));
        long more = reads(piece.repeat(40_000 / piece.length()));
        assertThat(more).isLessThan(20 * once + 10_000);
    }

    private static long reads(String text) {
        var counted = new Reading(text) {
            private long reads;

            @Override
            char at(int i) {
                reads++;
                return super.at(i);
            }
        };
        new NameTagger(MODEL).read(counted, new Candidates(counted), TimeLimit.NONE);
        return counted.reads;
    }

    @Test
    void weights_that_are_cut_off_are_refused() throws IOException {
        byte[] whole;
        try (InputStream in = Objects.requireNonNull(TagModel.class.getResourceAsStream("tagger.bin"))) {
            whole = in.readAllBytes();
        }
        var cut = new ByteArrayInputStream(whole, 0, whole.length - 1);
        assertThatThrownBy(() -> TagModel.read(cut)).hasMessageContaining("another size");
    }

    @Test
    void weights_of_another_version_are_refused() {
        var other = new ByteArrayInputStream(new byte[64]);
        assertThatThrownBy(() -> TagModel.read(other)).hasMessageContaining("another version");
    }

    @Test
    void weights_that_say_nothing_find_nothing() {
        var empty = new TagModel(new byte[MODEL.weights().length], 1, MODEL.common(), MODEL.usual(), MODEL.rare());
        var detectors = new Detectors(List.of(), new NameTagger(empty, new float[Tag.COUNT]));
        assertThat(detectors.find("Tharindu Wijesekara works at Kaldor Freight."))
                .isEmpty();
    }
}
