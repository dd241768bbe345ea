package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences in which a value is marked, written in the ways in which people and programs write them, and near misses. */
class SentencesTest {
    /** Put together here, so that no scanner takes the page of sentences for a leak. */
    private static final String KEY = "q7Lm2Vx9" + "Kd4Ts8Wz" + "1Yb6";

    private static final String PASSWORD = "k9Xw" + "!27qLp";
    private static final String WORD = "k9Xw" + "27qLp";

    private record Line(String kind, String text) {}

    private static Stream<Line> lines() {
        return Stream.of("sentences-en.txt", "sentences-zh.txt", "sentences-secrets.txt")
                .flatMap(file -> page(file).lines())
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\t", 2))
                .map(parts -> new Line(parts[0], written(parts[1])));
    }

    private static String page(String file) {
        try (InputStream in = SentencesTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String written(String text) {
        return text.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\z", "\u200B")
                .replace("{key}", KEY)
                .replace("{pw}", PASSWORD)
                .replace("{word}", WORD);
    }

    private static Stream<Line> marked() {
        return lines().filter(line -> !line.kind.startsWith("-"));
    }

    private static Stream<Line> nearMisses() {
        return lines().filter(line -> line.kind.startsWith("-"));
    }

    @ParameterizedTest
    @MethodSource("marked")
    void a_value_is_found_as_what_it_is_however_it_is_written(Line line) {
        int start = line.text.indexOf('«');
        int end = line.text.indexOf('»') - 1;
        List<Finding> found =
                Detectors.standard().find(line.text.replace("«", "").replace("»", ""));
        assertThat(found).anySatisfy(finding -> {
            assertThat(finding.kind().id()).isEqualTo(line.kind);
            int common = Math.min(end, finding.end()) - Math.max(start, finding.start());
            int together = Math.max(end, finding.end()) - Math.min(start, finding.start());
            assertThat((double) common / together).isGreaterThanOrEqualTo(0.75);
        });
    }

    @ParameterizedTest
    @MethodSource("nearMisses")
    void what_only_looks_like_a_value_is_left_alone(Line line) {
        assertThat(Detectors.standard().find(line.text))
                .extracting(finding -> finding.kind().id())
                .noneMatch(kind -> line.kind.equals("-") || line.kind.equals("-" + kind));
    }
}
