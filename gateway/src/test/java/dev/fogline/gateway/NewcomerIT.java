package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever follows the README to a first policy of his own gets there: its commands are taken out of the page and run, one by
 * one and in its order, beside the whole product. Nothing of them is changed but the operators' port.
 */
class NewcomerIT {
    private static final Path ROOT = RunningFogline.ROOT;
    private static final Pattern BLOCK = Pattern.compile("<!-- NewcomerIT[^>]*-->\n+```sh\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern REVISION = Pattern.compile("revision(?: |=\")(\\w+)");

    @Test
    void the_page_leads_to_a_changed_rule_in_force(@TempDir Path folder) throws IOException {
        checkout(folder);
        List<String> commands = commands("README.md");
        int up = indexOf(commands, "./fogline up");
        commands.subList(0, up).forEach(command -> run(folder, command));

        try (var fogline = new RunningFogline(folder, commands.get(up))) {
            List<String> then = commands.subList(up + 1, commands.size()).stream()
                    .map(command -> command.replace(":9000/", ":" + fogline.operatorPort + "/"))
                    .toList();
            String metric = then.getLast();
            String before = revision(run(folder, metric));

            List<String> said =
                    then.stream().map(command -> run(folder, command)).toList();
            String changed = revision(said.get(indexOf(then, "policy check")));
            assertThat(changed).isNotEqualTo(before);
            assertThat(said.get(indexOf(then, "policy test"))).contains("all passed");
            assertThat(said.get(indexOf(then, "policy explain")))
                    .containsPattern("\n +held +tools-stay ")
                    .contains("revision " + changed);
            Blocking.until(
                    "the changed policy is in force",
                    () -> revision(run(folder, metric)).equals(changed));
        }
    }

    @Test
    void both_languages_show_the_same_commands() throws IOException {
        assertThat(commands("README.md")).hasSizeGreaterThan(8).isEqualTo(commands("README.zh-CN.md"));
    }

    /** A checkout of links to this one, in which files can be made; its build fits its sources. */
    private static void checkout(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("policies"));
        for (String name : List.of("fogline", "pom.xml", ".mvn", "deploy", "edge-agent", "gateway")) {
            Files.createSymbolicLink(folder.resolve(name), ROOT.resolve(name));
        }
        try (Stream<Path> files = Files.list(ROOT.resolve("policies"))) {
            for (Path file : files.filter(path -> !path.endsWith("mine")).toList()) {
                Files.createSymbolicLink(folder.resolve(ROOT.relativize(file)), file);
            }
        }
        Files.createFile(
                Files.createDirectories(folder.resolve("target/fogline")).resolve("built"));
    }

    /** Those of the marked blocks, without their comments; a line that begins with a space goes on with the one before. */
    private static List<String> commands(String page) throws IOException {
        var commands = new ArrayList<String>();
        Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve(page)));
        while (block.find()) {
            block.group(1).lines().map(line -> line.replaceFirst(" +# .*", "")).forEach(line -> {
                if (line.startsWith(" ")) {
                    commands.add(commands.removeLast() + "\n" + line);
                } else {
                    commands.add(line);
                }
            });
        }
        return Collections.unmodifiableList(commands);
    }

    private static int indexOf(List<String> commands, String part) {
        List<String> having =
                commands.stream().filter(command -> command.contains(part)).toList();
        assertThat(having).as("commands with '%s'", part).hasSize(1);
        return commands.indexOf(having.getFirst());
    }

    private static String run(Path folder, String command) {
        return RunningFogline.run(folder, List.of(), "sh", "-c", command);
    }

    private static String revision(String said) {
        Matcher revision = REVISION.matcher(said);
        assertThat(revision.find()).as("a revision in: %s", said).isTrue();
        return revision.group(1);
    }
}
