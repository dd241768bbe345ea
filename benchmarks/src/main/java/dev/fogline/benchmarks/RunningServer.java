package dev.fogline.benchmarks;

import dev.fogline.benchmarks.load.ServerUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server under test as a process. Its output goes to a file, as {@code ./fogline up} has it; nothing reads it. */
final class RunningServer implements AutoCloseable {
    private static final long CLOCK_TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100; // USER_HZ, fixed by Linux' ABI

    private final Server server;
    private final int port;
    private final Process process;
    private final Path log;
    private final Thread endWithUs;

    private RunningServer(Server server, int port, Process process, Path log) {
        this.server = server;
        this.port = port;
        this.process = process;
        this.log = log;
        this.endWithUs = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    /** @param prefix of the command, which confines the process to cores */
    static RunningServer start(Server server, List<String> prefix, Path work, int upstreamPort) throws IOException {
        int port = freePort();
        Path directory = Files.createDirectories(work.resolve(server.name().replaceAll("[^A-Za-z0-9]", "-")));
        Server.Launch launch = server.recipe().launch(directory, port, upstreamPort);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(launch.command());
        Path log = directory.resolve("log");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(launch.environment());
        return new RunningServer(server, port, builder.start(), log);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return server.name();
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** @return how long it took until it answered a request with 200 */
    Duration awaitFirstAnswer(String body, Duration patience) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < patience.toNanos()) {
            if (!process.isAlive()) {
                throw new IOException(server.name() + " ended while starting; its log: " + log);
            }
            if (FirstAnswer.from(port, body)) {
                return Duration.ofNanos(System.nanoTime() - start);
            }
            Thread.sleep(2);
        }
        throw new IOException(server.name() + " did not answer within " + patience.toSeconds() + " s; its log: " + log);
    }

    ServerUsage usage() {
        try {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            return new ServerUsage(
                    cpuNanos(Files.readString(proc.resolve("stat"))),
                    rssBytes(Files.readString(proc.resolve("status"))));
        } catch (IOException e) {
            throw new UncheckedIOException(server.name() + " is gone; its log: " + log, e);
        }
    }

    /** Fields 14 and 15 of proc(5)'s stat, counted from behind the name, which may hold anything. */
    static long cpuNanos(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * CLOCK_TICK_NANOS;
    }

    static long rssBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kib -> Long.parseLong(kib) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** An access log of all requests would fill a disk. */
    void dropLog() throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        } catch (IllegalStateException e) {
            // The shutdown is what closes it.
        }
    }
}
