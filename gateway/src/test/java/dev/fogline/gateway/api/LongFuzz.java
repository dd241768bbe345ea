package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fuzzing guided by coverage, with Jazzer in a JVM of its own, for {@code -Dfogline.fuzz.minutes} together. Not part of a
 * build: it runs when it is named. What it learns stays under {@code target/fuzz} until the next clean.
 */
class LongFuzz {
    @ParameterizedTest
    @ValueSource(strings = {"RequestFuzz", "StreamFuzz"})
    void nothing_is_found(String target) throws Exception {
        double minutes = Double.parseDouble(System.getProperty("fogline.fuzz.minutes", "1"));
        Path folder = Files.createDirectories(Path.of("target/fuzz", target));
        Path corpus = corpus(folder, target.equals("RequestFuzz") ? FuzzSeeds.REQUESTS : FuzzSeeds.STREAMS);
        Process fuzzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=dev.fogline.gateway.api." + target,
                        "--instrumentation_includes=dev.fogline.**:com.fasterxml.jackson.core.**",
                        "--custom_hook_includes=dev.fogline.**:com.fasterxml.jackson.core.**",
                        // They look for what this code does not do: SQL, LDAP, commands, deserialisation.
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                        "-max_total_time=" + Math.round(minutes * 30),
                        "-max_len=4096",
                        "-dict=" + dictionary(folder),
                        "-artifact_prefix=" + folder + "/",
                        "-print_final_stats=1",
                        corpus.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        int status = fuzzer.waitFor();
        List<String> log = Files.readAllLines(folder.resolve("log"));
        String end = String.join("\n", log.subList(Math.max(0, log.size() - 40), log.size()));
        assertThat(status).as(end).isZero();
        assertThat(end).contains("stat::number_of_executed_units");
        log.stream().filter(line -> line.startsWith("Done ")).forEach(line -> System.out.println(target + ": " + line));
    }

    /** A stream's first byte is an order to the fuzz target. */
    private static Path corpus(Path folder, List<String> seeds) throws IOException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int number = 0;
        for (String seed : seeds) {
            String order = folder.endsWith("StreamFuzz") ? "\1" : "";
            Files.writeString(corpus.resolve("seed-" + number++), order + seed);
        }
        return corpus;
    }

    private static Path dictionary(Path folder) throws IOException {
        var words = new ArrayList<String>();
        for (String word : FuzzSeeds.WORDS) {
            var escaped = new StringBuilder();
            for (byte one : word.getBytes(StandardCharsets.UTF_8)) {
                escaped.append("\\x").append(HexFormat.of().toHexDigits(one));
            }
            words.add("\"" + escaped + "\"");
        }
        return Files.write(folder.resolve("words"), words);
    }
}
