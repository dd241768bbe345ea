package dev.fogline.policies.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyCommandTest {
    private static final String MAIL =
            "{\"text\":\"mail jo@example.org now\",\"spans\":[{\"s\":5,\"e\":19,\"t\":\"EMAIL_ADDRESS\"}]}\n";
    private static final String CLEAN = "{\"text\":\"nothing here\",\"spans\":[],\"kind\":\"neg\"}\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String input, String... arguments) {
        return PrivacyCommand.run(
                List.of(arguments),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int evaluate(String rows, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), rows);
        var arguments = new java.util.ArrayList<>(List.of("evaluate"));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        return run("", arguments.toArray(new String[0]));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_last_line_is_the_micro_average() throws IOException {
        assertThat(evaluate(MAIL + CLEAN)).isZero();
        assertThat(out())
                .endsWith("\nmicro P=1.0000 R=1.0000 F1=1.0000 F2=1.0000\n")
                .contains("email");
    }

    @Test
    void a_score_below_what_was_asked_for_is_1() throws IOException {
        String missed = "{\"text\":\"on Monday\",\"spans\":[{\"s\":3,\"e\":9,\"t\":\"AGE\"}]}\n";
        assertThat(evaluate(MAIL + missed, "--least-f2", "0.9")).isEqualTo(1);
        assertThat(out())
                .contains("No detector looks for AGE: each of their labels counts as a miss.")
                .contains("without these: P=1.0000 R=1.0000")
                .contains("micro P=1.0000 R=0.5000");
    }

    @Test
    void all_of_it_is_to_be_had_as_json() throws IOException {
        assertThat(evaluate(MAIL + CLEAN, "--json")).isZero();
        assertThat(out())
                .contains(
                        "\"type\" : \"email\"", "\"clean_flagged\"", "\"leaked\"", "\"masked\"", "\"micro\"", "\"f2\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"text":"a"}\\n{"text": | line 2: this is no JSON
            []                      | line 1: a row is a JSON object
            {"spans":[]}            | line 1: the key 'text' must be a text
            {"text":"a","spans":[{"s":0,"e":2,"t":"X"}]} | line 1: the span from 0 to 2 is not within a text of 1 characters
            {"text":"a","spans":[{"s":0,"e":1}]} | line 1: a member of 'spans' needs
            {"text":"a","spans":{}} | line 1: the key 'spans' must be a list
            {"text":"a","units":[1]} | line 1: a member of 'units' must be a text
            {"text":"a","kind":"x"} | line 1: the key 'kind' must be pos or neg
            \\n                     | holds no rows
            """)
    void a_wrong_file_is_2_and_told_by_line(String rows, String says) throws IOException {
        assertThat(evaluate(rows.replace("\\n", "\n"))).isEqualTo(2);
        assertThat(err()).contains("rows.jsonl", says);
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "evaluate,wants one file",
        "evaluate nowhere.jsonl,nowhere.jsonl cannot be read",
        "evaluate --least-f2 x a,wants a number from 0 to 1",
        "evaluate --least-f2 2 a,wants a number from 0 to 1",
        "evaluate --jsn a,there is no option --jsn",
        "scan a,wants no file",
        "scan --fail-on what,--fail-on wants 'found'",
        "look,there is no command 'privacy look'",
        "'',there is no command"
    })
    void wrong_use_is_2(String arguments, String says) {
        assertThat(run("", arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err()).contains(says);
    }

    @Test
    void a_scan_says_what_is_where_and_why_and_never_the_value() {
        assertThat(run("card 4111 1111 1111 1111 of jo@example.org", "scan")).isZero();
        assertThat(out())
                .containsPattern("bank_card +5-24 .*restricted +pattern, context, checksum")
                .containsPattern("email +28-42 ")
                .doesNotContain("4111", "jo@example.org");
    }

    @Test
    void a_scan_shows_values_when_asked_and_fails_when_asked() {
        assertThat(run("to jo@example.org", "scan", "--show", "--fail-on", "found"))
                .isEqualTo(1);
        assertThat(out()).contains("jo@example.org");
    }

    @Test
    void a_scan_of_nothing_says_so() {
        assertThat(run("nothing", "scan", "--fail-on", "found")).isZero();
        assertThat(out()).isEqualTo("nothing found\n");
    }

    @Test
    void a_scan_as_json_is_one_object_a_line() {
        assertThat(run("to jo@example.org", "scan", "--json")).isZero();
        assertThat(out())
                .startsWith("{\"kind\":\"email\",\"start\":3,\"end\":17,")
                .doesNotContain("value");
    }
}
