package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code gateway/WIRE.md} and the tests say the same: every line names tests that exist, and every test of the classes that
 * are about the wire stands on a line. Tests are read from their sources, so that those of all modules count.
 */
class WirePageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("gateway", "edge-agent", "policies", "benchmarks");

    /** The classes that are about nothing but the wire; a new one goes here. */
    private static final Set<String> OF_THE_WIRE = Set.of(
            "gateway/BadBodyTest",
            "gateway/BadHttpTest",
            "gateway/BodiesTest",
            "gateway/CallersTest",
            "gateway/CancelTest",
            "gateway/ChatTest",
            "gateway/DefaultsTest",
            "gateway/EgressTest",
            "gateway/FaultsTest",
            "gateway/GoingOutTest",
            "gateway/HeadersTest",
            "gateway/IntakeTest",
            "gateway/LimitsTest",
            "gateway/ModelNamesTest",
            "gateway/NamesTest",
            "gateway/ProxiesTest",
            "gateway/PrivateAuthorityTest",
            "gateway/PrivateStatusTest",
            "gateway/RequestClassTest",
            "gateway/ServersTest",
            "gateway/SlowClientTest",
            "gateway/StatusTest",
            "gateway/StreamedAnswerProperties",
            "gateway/StreamsTest",
            "gateway/TowardsCloudsTest",
            "gateway/UpstreamTest",
            "edge-agent/CallersTest",
            "edge-agent/CancelTest",
            "edge-agent/RequestPathTest",
            "edge-agent/SlowCallerTest",
            "edge-agent/UserPortTest",
            "edge-agent/WholeAnswerTest");

    private static final Pattern ROW = Pattern.compile("\\|(.+)\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`(?:([a-z-]+)/)?([A-Z]\\w*)\\.(\\w+)`");
    private static final Pattern ANNOTATION =
            Pattern.compile("\\s*@(Test|ParameterizedTest|RepeatedTest|Property|Example)\\b.*");
    private static final Pattern METHOD = Pattern.compile(".*\\bvoid\\s+(\\w+)\\s*\\(.*");

    /** One test of the sources, or as the page names it: then the module may be missing. */
    private record Named(Optional<String> module, String type, String method) {
        /** The test that is meant: without a module the gateway's, if it has a class of that name. */
        Optional<Named> in(Set<Named> tests) {
            boolean ofTheGateway = tests.stream().anyMatch(test -> test.type.equals(type) && test.isOf("gateway"));
            return tests.stream()
                    .filter(test -> test.type.equals(type) && test.method.equals(method))
                    .filter(test -> module.map(test::isOf).orElse(!ofTheGateway || test.isOf("gateway")))
                    .findFirst();
        }

        private boolean isOf(String name) {
            return module.filter(name::equals).isPresent();
        }

        @Override
        public String toString() {
            return module.map(name -> name + "/").orElse("") + type + "." + method;
        }
    }

    /** One line of a table. */
    private record Row(int line, List<Named> tests) {}

    @Test
    void every_line_names_tests_that_exist() throws IOException {
        List<Row> rows = rows(Files.readAllLines(ROOT.resolve("gateway/WIRE.md")));
        assertThat(rows).hasSizeGreaterThan(50);
        assertThat(complaints(rows, tests())).isEmpty();
    }

    @Test
    void every_test_of_the_wire_stands_on_a_line() throws IOException {
        List<Row> rows = rows(Files.readAllLines(ROOT.resolve("gateway/WIRE.md")));
        Set<Named> tests = tests();
        for (String type : OF_THE_WIRE) {
            assertThat(tests)
                    .as("OF_THE_WIRE names %s: a class with tests below */src/test/java", type)
                    .anyMatch(test -> type(test).equals(type));
        }
        Set<Named> named = rows.stream()
                .flatMap(row -> row.tests.stream())
                .flatMap(name -> name.in(tests).stream())
                .collect(Collectors.toSet());
        List<Named> missing = tests.stream()
                .filter(test -> OF_THE_WIRE.contains(type(test)) && !named.contains(test))
                .toList();
        assertThat(missing)
                .as("tests that no line of gateway/WIRE.md names: put each beside the line that says what it shows, or"
                        + " write that line")
                .isEmpty();
    }

    @Test
    void a_line_without_a_test_and_a_name_that_is_none_are_found() {
        Set<Named> tests = Set.of(new Named(Optional.of("policies"), "ATest", "a"));
        assertThat(complaints(rows(List.of("| says | test |", "|---|---|", "| a | `ATest.a` |")), tests))
                .isEmpty();
        assertThat(complaints(rows(List.of("| a | `policies/ATest.a` |", "| b | |", "| c | `ATest.b` |")), tests))
                .containsExactly(
                        "gateway/WIRE.md:2: this line has no test: name one as `Class.method`",
                        "gateway/WIRE.md:3: there is no test ATest.b: name one that exists, or write it");
        assertThat(complaints(rows(List.of("| a | `gateway/ATest.a` |")), tests))
                .hasSize(1);
    }

    private static List<String> complaints(List<Row> rows, Set<Named> tests) {
        var complaints = new ArrayList<String>();
        for (Row row : rows) {
            String where = "gateway/WIRE.md:" + row.line + ": ";
            if (row.tests.isEmpty()) {
                complaints.add(where + "this line has no test: name one as `Class.method`");
            }
            row.tests.stream()
                    .filter(named -> named.in(tests).isEmpty())
                    .forEach(named -> complaints.add(
                            where + "there is no test " + named + ": name one that exists, or write it"));
        }
        return complaints;
    }

    /** Every line of a table but its head. */
    private static List<Row> rows(List<String> page) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < page.size(); i++) {
            Matcher row = ROW.matcher(page.get(i));
            boolean head = i + 1 < page.size() && page.get(i + 1).startsWith("|---");
            if (row.matches() && !head && !page.get(i).startsWith("|---")) {
                rows.add(new Row(
                        i + 1,
                        NAME.matcher(row.group(2))
                                .results()
                                .map(found ->
                                        new Named(Optional.ofNullable(found.group(1)), found.group(2), found.group(3)))
                                .toList()));
            }
        }
        return rows;
    }

    private static Set<Named> tests() throws IOException {
        Set<Named> tests = new HashSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .collect(Collectors.toCollection(TreeSet::new))) {
                    tests.addAll(testsOf(module, file));
                }
            }
        }
        return tests;
    }

    private static List<Named> testsOf(String module, Path file) throws IOException {
        String type = String.valueOf(file.getFileName()).replace(".java", "");
        var tests = new ArrayList<Named>();
        boolean annotated = false;
        for (String line : Files.readAllLines(file)) {
            annotated |= ANNOTATION.matcher(line).matches();
            Matcher method = METHOD.matcher(line);
            if (annotated && method.matches()) {
                tests.add(new Named(Optional.of(module), type, method.group(1)));
                annotated = false;
            }
        }
        return tests;
    }

    private static String type(Named test) {
        return test.module.orElse("") + "/" + test.type;
    }
}
