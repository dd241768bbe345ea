package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a result comes from.
 *
 * @param system kernel and distribution
 * @param cpu model
 * @param cores of the machine
 * @param memoryMib of the machine
 * @param jdk of harness and gateway
 * @param commit of the sources, with {@code -dirty} when files differ from it
 */
record Machine(String system, String cpu, int cores, long memoryMib, String jdk, String commit) {

    static Machine here(Path root, int cores) throws IOException {
        String commit = Servers.firstLine(git(root, "rev-parse", "--short=12", "HEAD"));
        boolean changed = !Servers.firstLine(git(root, "status", "--porcelain", "--untracked-files=no"))
                .equals("?");
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + field("/etc/os-release", "PRETTY_NAME=").replace("\"", ""),
                field("/proc/cpuinfo", "model name"),
                cores,
                Long.parseLong(field("/proc/meminfo", "MemTotal:").replaceAll("[^0-9]", "")) / 1024,
                System.getProperty("java.vendor.version") + " (" + Runtime.version() + ")",
                commit.startsWith("fatal") ? "?" : commit + (changed ? "-dirty" : ""));
    }

    private static List<String> git(Path root, String... arguments) {
        return Stream.concat(Stream.of("git", "-C", root.toString()), Stream.of(arguments))
                .toList();
    }

    private static String field(String file, String name) throws IOException {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "?";
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).replaceFirst("^\\s*:?\\s*", ""))
                    .findFirst()
                    .orElse("?");
        }
    }
}
