package dev.fogline.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference page is the one that the code would write, and nothing else reads a variable of ours. */
class ReferenceTest {
    private static final Path PAGE = Path.of("../CONFIGURATION.md");
    private static final String EDGE_AGENT = "\n## The edge-agent and `./fogline model`\n";

    @Test
    void the_page_is_what_would_be_generated() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains(EDGE_AGENT);
        assertThat(page.substring(0, page.indexOf(EDGE_AGENT)))
                .as("after a change of keys: ./fogline config reference > CONFIGURATION.md")
                .isEqualTo(Reference.page());
    }

    @Test
    void exactly_the_variables_of_the_page_are_known() throws IOException {
        assertThat(Variable.known()).isEqualTo(variables(PAGE, "`(FOGLINE_[A-Z_]*[A-Z])`"));
    }

    @Test
    void the_launcher_reads_no_variable_but_those() throws IOException {
        assertThat(Variable.known())
                .containsAll(variables(Path.of("../fogline"), "\\$\\{?(FOGLINE_[A-Z_]*[A-Z])\\b"))
                .containsAll(variables(Path.of("../fogline"), "export (FOGLINE_[A-Z_]*[A-Z])\\b"));
    }

    private static Set<String> variables(Path file, String regex) throws IOException {
        return Pattern.compile(regex)
                .matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
