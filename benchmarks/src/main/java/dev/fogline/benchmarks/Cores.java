package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which cores the run uses.
 *
 * @param server the one core of the server under test
 * @param load the one core of generator and upstream
 * @param all that this process may use
 */
record Cores(int server, int load, List<Integer> all) {

    /** @throws IOException where there is no Linux with two cores and {@code taskset} */
    static Cores ofThisMachine() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            throw new IOException("the benchmark reads CPU time and memory from /proc, so it needs Linux.");
        }
        String allowed = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0");
        List<Integer> all = parse(allowed);
        if (all.size() < 2) {
            throw new IOException("the benchmark needs two cores, one for the server and one for the load; it may use "
                    + allowed + " only.");
        }
        return new Cores(all.get(0), all.get(1), all);
    }

    /** The kernel's list format, such as {@code 0-3,8}. */
    static List<Integer> parse(String list) {
        var cores = new ArrayList<Integer>();
        for (String part : list.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            for (int core = first; core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    /** Confines this process, all its threads, to the load's core. */
    void pinThisProcess() throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder(
                        "taskset",
                        "-a",
                        "-c",
                        "-p",
                        Integer.toString(load),
                        Long.toString(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!taskset.waitFor(5, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
            throw new IOException("taskset (Debian: util-linux) could not confine this process to core " + load + ".");
        }
    }

    /** The prefix of a command that runs on the server's core. */
    List<String> onServerCore() {
        return List.of("taskset", "-c", Integer.toString(server));
    }

    /** The prefix of a command that runs on every core, whatever this process is confined to. */
    List<String> onAllCores() {
        return List.of(
                "taskset",
                "-c",
                String.join(",", all.stream().map(String::valueOf).toList()));
    }
}
