package dev.fogline.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * A machine of its own for the launcher: a copy of the script in an empty project, a home with one JDK, and fakes of
 * java, curl and mvn that keep their notes in one directory. Machine-wide JDKs are hidden from the script.
 */
final class FakeMachine {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new CopyOnWriteArrayList<>();

    FakeMachine(Path directory) throws IOException {
        this.directory = directory;
        // A suite that is interrupted leaves no process either.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> started.forEach(Process::destroy)));
        for (String module : List.of("policies", "edge-agent", "gateway")) {
            Files.createDirectories(directory.resolve("project/" + module + "/src/main"));
            Files.createFile(directory.resolve("project/" + module + "/pom.xml"));
        }
        Files.createDirectories(directory.resolve("project/.mvn"));
        Files.createFile(directory.resolve("project/pom.xml"));
        Files.createDirectories(directory.resolve("project/deploy/jvm"));
        for (String flags : List.of("flags", "flags-23", "flags-24", "flags-25")) {
            Files.copy(Path.of("../deploy/jvm", flags), directory.resolve("project/deploy/jvm/" + flags));
        }
        String script = Files.readString(Path.of("../fogline"))
                .replace("/usr/lib/jvm/*", directory + "/jvm/*")
                .replace("/opt/", directory + "/opt/");
        executable("project/fogline", script);
        Files.createDirectories(directory.resolve("notes/ports"));
        for (String tool : List.of("curl", "mvn")) {
            executable("bin/" + tool, fake(tool));
        }
        executable("bin/llama-server", "#!/bin/sh\n");
        environment.put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", directory.resolve("home").toString());
        environment.put("FAKE", directory.resolve("notes").toString());
        installJdk("home/.jdks/one", "25.0.1");
    }

    void installJdk(String place, String version) throws IOException {
        executable(place + "/bin/java", fake("java"));
        executable(place + "/bin/javac", "#!/bin/sh\n");
        Files.writeString(
                directory.resolve(place + "/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    /** Leaves the machine with nothing but the given tools of the real one, beside the fakes. */
    void keepOnly(String... tools) throws IOException {
        for (String tool : tools) {
            String real = Files.exists(Path.of("/usr/bin", tool)) ? "/usr/bin/" : "/bin/";
            executable("bin/" + tool, "#!/bin/sh\nexec " + real + tool + " \"$@\"\n");
        }
        environment.put("PATH", directory.resolve("bin").toString());
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    void remove(String file) throws IOException {
        Files.delete(directory.resolve(file));
    }

    Path path(String file) {
        return directory.resolve(file);
    }

    /** Writes a file of the notes, which the fakes read: an open port, or how one of them shall misbehave. */
    void tell(String file, String content) throws IOException {
        Files.writeString(directory.resolve("notes").resolve(file), content);
    }

    /** A file of the notes, empty if nobody wrote it. */
    String told(String file) throws IOException {
        Path path = directory.resolve("notes").resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    /** Runs the launcher to its end: its output, then its exit status. */
    String run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        await(() -> !process.isAlive(), "the launcher to end");
        return output() + "exit " + process.exitValue();
    }

    Process start(String... arguments) throws IOException {
        return startBy(List.of("/bin/sh"), arguments);
    }

    /** Starts the launcher by another program than the shell alone. */
    Process startBy(List<String> starter, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.add(directory.resolve("project/fogline").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output(started.size() + 1).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** What the launcher that was started last has printed so far. */
    String output() throws IOException {
        return Files.readString(output(started.size()), UTF_8);
    }

    private Path output(int start) {
        return directory.resolve("output-" + start);
    }

    void awaitOutput(String text) throws InterruptedException {
        await(() -> contains(output(started.size()), text), "the output '" + text + "'");
    }

    /** The pid of a fake server, once it runs. */
    long pid(String service) throws IOException, InterruptedException {
        await(() -> contains(directory.resolve("notes/" + service + ".pid"), "\n"), service);
        return Long.parseLong(told(service + ".pid").strip());
    }

    void await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + "; output:\n" + tolerantOutput());
            }
            Thread.sleep(20);
        }
    }

    /** Ends every launcher that still runs, and with it its children. */
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            await(() -> !process.isAlive(), "the launcher to end");
        }
    }

    private String tolerantOutput() {
        try {
            return output();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private void executable(String file, String content) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        if (!path.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + path + " executable");
        }
    }

    private static String fake(String tool) throws IOException {
        try (var source = FakeMachine.class.getResourceAsStream("/launcher/" + tool)) {
            if (source == null) {
                throw new IOException("no fake " + tool);
            }
            return new String(source.readAllBytes(), UTF_8);
        }
    }

    static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " " + pid + " ended with " + status);
        }
    }
}
