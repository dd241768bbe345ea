package dev.fogline.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The whole product as a user starts it: {@code ./fogline up}, on free ports, with a state directory of its own. */
final class RunningFogline implements AutoCloseable {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int START_MINUTES = 8;
    private static final int COMMAND_MINUTES = 5;

    final int port = FreePort.next();
    final int operatorPort = FreePort.next();
    final int agentPort = FreePort.next();
    final int agentOperatorPort = FreePort.next();
    private final Path output;
    private final Process process;

    RunningFogline() {
        this("product", port -> "");
    }

    /**
     * @param name of the folder under {@code target} for its log, state and configuration
     * @param yaml its configuration, given the agent's port; empty for the built-in one
     */
    RunningFogline(String name, IntFunction<String> yaml) {
        try {
            Path folder = Files.createDirectories(Path.of("target", name).toAbsolutePath());
            output = folder.resolve("up.log");
            var command = new ArrayList<>(List.of(
                    "./fogline",
                    "up",
                    "--no-build",
                    "--port",
                    "" + port,
                    "--operator-port",
                    "" + operatorPort,
                    "--agent-port",
                    "" + agentPort,
                    "--agent-operator-port",
                    "" + agentOperatorPort));
            String configuration = yaml.apply(agentPort);
            if (!configuration.isEmpty()) {
                Path file = Files.writeString(folder.resolve("fogline.yaml"), configuration);
                command.addAll(List.of("--config", file.toString()));
            }
            var up = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            up.environment().put("FOGLINE_STATE", folder.resolve("state").toString());
            process = up.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitGreeting();
    }

    /**
     * As a page says it: {@code VARIABLE=value ./fogline up}. Its ports are free ones all the same.
     *
     * @param checkout the folder that the line is typed in, with a build that fits its sources
     */
    RunningFogline(Path checkout, String line) {
        try {
            output = checkout.resolve("up.log");
            // The shell makes way for the launcher, so that the process is the launcher's.
            var up = new ProcessBuilder("sh", "-c", "exec env " + line)
                    .directory(checkout.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            up.environment()
                    .putAll(Map.of(
                            "FOGLINE_STATE", checkout.resolve("state").toString(),
                            "FOGLINE_GATEWAY_PORT", "" + port,
                            "FOGLINE_OPERATOR_PORT", "" + operatorPort,
                            "FOGLINE_AGENT_PORT", "" + agentPort,
                            "FOGLINE_AGENT_OPERATOR_PORT", "" + agentOperatorPort));
            process = up.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitGreeting();
    }

    private void awaitGreeting() {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(START_MINUTES);
        while (!output().contains("Ctrl-C ends all of it")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new AssertionError("./fogline up did not come up; it said:\n" + output());
            }
            pause();
        }
    }

    String baseUrl() {
        return "http://localhost:" + port + "/v1";
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The edge-agent's process, as long as there is one. */
    Optional<ProcessHandle> agent() {
        return process.children()
                .filter(child -> child.info().commandLine().orElse("").contains("edge-agent"))
                .findFirst();
    }

    /** What the agent runs its model with, as long as there is one; neither the shell that guards it nor that shell's watch. */
    Optional<ProcessHandle> engine() {
        return agent().stream()
                .flatMap(ProcessHandle::descendants)
                .filter(child -> {
                    String command = child.info().command().orElse("");
                    return command.contains("python") || command.endsWith("llama-server");
                })
                .findFirst();
    }

    /** Every process that the launcher has started, and theirs. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Sends a signal as {@code kill} does and waits until the launcher has left. */
    void end(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                throw new AssertionError("./fogline up did not leave after " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a command beside the product and returns what it printed. */
    static String run(List<String> environment, String... command) {
        return run(ROOT, environment, command);
    }

    static String run(Path directory, List<String> environment, String... command) {
        try {
            var builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            for (String variable : environment) {
                String[] parts = variable.split("=", 2);
                builder.environment().put(parts[0], parts[1]);
            }
            Path file = Files.createTempFile("fogline", ".out");
            Process running = builder.redirectOutput(file.toFile()).start();
            running.getOutputStream().close();
            boolean ended = running.waitFor(COMMAND_MINUTES, TimeUnit.MINUTES);
            String said = Files.readString(file);
            if (!ended) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end; it said:\n" + said);
            }
            if (running.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed and said:\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            var all = new ArrayList<>(children());
            end("TERM");
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
