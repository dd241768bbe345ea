package dev.fogline.edge.model;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Results go to standard output; what happens on the way goes to standard error. */
final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final LongSupplier nanos;
    private volatile boolean silent;

    /**
     * @param terminal whether {@code err} is one, so that a line may be drawn over
     * @param nanos a monotonic clock
     */
    Console(PrintStream out, PrintStream err, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    static Console ofProcess() {
        return new Console(System.out, System.err, errorIsTerminal(), System::nanoTime);
    }

    /** Java tells only of standard input and output, and 21 not even that; elsewhere than on Linux: plain lines. */
    private static boolean errorIsTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    void say(String line) {
        if (!silent) {
            out.println(line);
        }
    }

    void note(String line) {
        if (!silent) {
            err.println(line);
        }
    }

    /** {@code total} is in bytes, or negative where it is not known. */
    Progress progress(long total) {
        return new Progress(this, total, nanos, 0);
    }

    /** For what this machine does with its own disk: shown only if it takes longer than a second. */
    Progress localProgress(long total) {
        return new Progress(this, total, nanos, 1_000_000_000);
    }

    boolean terminal() {
        return terminal;
    }

    void draw(String line) {
        if (!silent) {
            err.print("\r" + line + "\u001b[K");
            err.flush();
        }
    }

    /** Standard output for a library that writes by itself. */
    PrintWriter out() {
        return new PrintWriter(out, true, out.charset());
    }

    /** Standard error for a library that writes by itself. */
    PrintWriter err() {
        return new PrintWriter(err, true, err.charset());
    }

    /** After the last word of an interrupted run: the threads that are still busy say nothing more. */
    void lastWord(String line) {
        silent = true;
        err.println((terminal ? "\r\u001b[K" : "") + line);
    }
}
