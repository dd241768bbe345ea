package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Maven runs the classes whose names it is told, and says nothing of others. */
class TestNamesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TESTS =
            Pattern.compile("^ +@(Test|ParameterizedTest|RepeatedTest|Property|Example)\\b", Pattern.MULTILINE);

    /** {@code LongFuzz} runs as long as somebody asks it to. */
    private static final Pattern RUN = Pattern.compile(".*(Test|Properties|IT)\\.java|LongFuzz\\.java");

    @Test
    void every_class_with_tests_has_a_name_by_which_it_is_run() throws IOException {
        assertThat(Files.readString(ROOT.resolve("pom.xml")))
                .contains("<include>**/*Test.java</include>", "<include>**/*Properties.java</include>");
        assertThat(withTests())
                .hasSizeGreaterThan(100)
                .allMatch(file -> RUN.matcher(file.getFileName().toString()).matches());
    }

    private static List<Path> withTests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(TestNamesTest::sources)
                    .filter(file -> TESTS.matcher(read(file)).find())
                    .toList();
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
