package dev.fogline.policies.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fogline.policies.Usage;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines are written by hand and read by a mapper; what one of them knows, the other has to. */
class DecisionLineWriterTest {
    private static final String ODD = "quote \" backslash \\ line\nfeed \u0001 \u00e9 \u4e2d \ud83d\ude00";

    /** Has everything that a line can have. */
    private static final LoggedDecision FULL = new LoggedDecision(
            1,
            "id",
            "2026-11-29T10:00:00Z",
            "revision",
            new LoggedFacts(
                    "auto",
                    "internal",
                    "public",
                    Map.of("email", 2, "ip", 12),
                    "2 pii-en",
                    List.of("email", "ip"),
                    123_456,
                    0,
                    true,
                    -1,
                    Set.of("tools"),
                    9,
                    true,
                    0.000012,
                    9_000_000_000L,
                    7,
                    "en",
                    ODD,
                    Map.of("x-" + ODD, ODD),
                    Set.of("x-b", "x-c"),
                    Map.of("fingerprint", "held"),
                    Map.of(ODD, 10),
                    Set.of("email"),
                    Set.of("ip"),
                    false,
                    Map.of("email", 1),
                    Set.of("health", "law"),
                    "ward"),
            List.of(
                    new LoggedDecision.Seen(
                            "edge/a",
                            "ready",
                            4096,
                            Set.of("image"),
                            0.25,
                            new LoggedDecision.Speed(1.5, 0.1, 0.2, 3, 4),
                            new LoggedDecision.Dollars(1, 2, 0.5),
                            1.25,
                            "eu",
                            "open"),
                    new LoggedDecision.Seen("cloud/b", "ready", 0, Set.of(), 0, null, null, null, null, null)),
            new LoggedDecision.Moment(true, 0.1234567890123, 1e9, "2026-11-29T10:00:00Z"),
            new LoggedDecision.Made(
                    List.of("edge/a", "cloud/b"),
                    "context",
                    "privacy",
                    "deny",
                    List.of(ODD),
                    List.of("rule"),
                    List.of(
                            new LoggedDecision.Against("cloud/b", "privacy"),
                            new LoggedDecision.Against("cloud/c", "cost"))),
            new LoggedDecision.End(
                    "edge/a",
                    "edge",
                    "success",
                    "privacy",
                    List.of(new LoggedDecision.Try("cloud/b", "reset"), new LoggedDecision.Try("edge/a", "success")),
                    10.5,
                    200.25,
                    new Usage(100, 10, 5),
                    0.0));

    private static String line(LoggedDecision decision) {
        return StandardCharsets.UTF_8
                .decode(new DecisionLineWriter().write(decision))
                .toString();
    }

    @Test
    void the_example_has_all_that_a_line_can_have() throws ReflectiveOperationException {
        for (Record part : List.of(FULL, FULL.facts(), FULL.fleet().getFirst(), FULL.decision(), FULL.moment())) {
            for (RecordComponent component : part.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                assertThat(component.getAccessor().invoke(part))
                        .as(component.getName())
                        .isNotNull();
            }
        }
    }

    @Test
    void a_line_is_read_as_it_was_written() {
        assertThat(DecisionLines.read("log", 1, line(FULL))).isEqualTo(FULL);
    }

    @Test
    void a_line_is_what_the_mapper_would_have_written() throws IOException {
        var mapper = new ObjectMapper();
        assertThat(mapper.readTree(line(FULL))).isEqualTo(mapper.readTree(DecisionLines.pretty(FULL)));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                10,
                0.1,
                0.5,
                1e-9,
                1.5e-9,
                9.659999999999999E-5,
                0.000012,
                123.456789012,
                1234.5678901234567,
                9_007_199.254740992,
                9_007_199.254740993,
                1e7,
                1e300,
                Double.MIN_VALUE,
                Math.PI,
                -1.25
            })
    void a_number_is_read_as_it_was_written(double number) throws IOException {
        var json = new JsonBytes();
        json.number(number);
        byte[] written = json.since(0);
        assertThat(new ObjectMapper().readTree(written).doubleValue()).isEqualTo(number);
    }

    @Test
    void numbers_of_any_size_are_read_as_they_were_written() throws IOException {
        var random = new Random(1);
        var mapper = new ObjectMapper();
        for (int i = 0; i < 20_000; i++) {
            double decimals = random.nextInt(1_000_000_000) / Math.pow(10, random.nextInt(10));
            double any = random.nextDouble() * Math.pow(10, random.nextInt(20) - 10);
            for (double number : new double[] {decimals, any}) {
                var json = new JsonBytes();
                json.number(number);
                assertThat(mapper.readTree(json.since(0)).doubleValue()).isEqualTo(number);
            }
        }
    }

    @Test
    void a_moment_is_put_into_words_whatever_was_said_before() {
        for (long millis : new long[] {0, 0, 1_000, 1_001, 1_000, 1_001}) {
            assertThat(LoggedDecision.moment(millis))
                    .isEqualTo(Instant.ofEpochMilli(millis).toString());
        }
    }

    @Test
    void what_is_not_known_is_left_out() throws IOException {
        LoggedDecision running = new LoggedDecision(
                FULL.v(),
                FULL.id(),
                FULL.at(),
                FULL.policy(),
                FULL.facts(),
                FULL.fleet(),
                FULL.moment(),
                FULL.decision(),
                null);
        var mapper = new ObjectMapper();
        assertThat(mapper.readTree(line(running))).isEqualTo(mapper.readTree(DecisionLines.pretty(running)));
    }

    @Test
    void what_the_detectors_look_for_may_change_from_line_to_line() {
        var writer = new DecisionLineWriter();
        for (List<String> kinds : List.of(List.of("email"), List.<String>of(), List.of("email", "ip"), List.of("ip"))) {
            LoggedDecision now = looking(kinds);
            for (int again = 0; again < 2; again++) {
                String line = StandardCharsets.UTF_8.decode(writer.write(now)).toString();
                assertThat(DecisionLines.read("log", 1, line)).isEqualTo(now);
            }
        }
    }

    private static LoggedDecision looking(List<String> kinds) {
        String line = line(FULL).replace("\"kinds\":[\"email\",\"ip\"]", "\"kinds\":" + quoted(kinds));
        return DecisionLines.read("log", 1, line);
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> '"' + word + '"').toList().toString();
    }

    @Test
    void each_line_ends_with_the_only_line_feed_in_it() {
        var writer = new DecisionLineWriter();
        writer.write(FULL);
        assertThat(StandardCharsets.UTF_8.decode(writer.write(FULL)).toString())
                .isEqualTo(line(FULL))
                .endsWith("\n")
                .containsOnlyOnce("\n");
    }
}
