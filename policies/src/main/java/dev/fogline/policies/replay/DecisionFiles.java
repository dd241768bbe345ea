package dev.fogline.policies.replay;

import dev.fogline.policies.file.InvalidFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Files of the decision log, brought into a replay by their time: the day's money wants them so. */
public final class DecisionFiles {
    private DecisionFiles() {}

    /**
     * Files that nobody writes to any more.
     *
     * @throws InvalidFileException when one cannot be read, or a line is none of the decision log
     */
    public static void replay(Collection<Path> files, Replay replay) {
        files.stream().sorted(Comparator.comparing(DecisionFiles::begins)).forEach(file -> read(file, replay, false));
    }

    /**
     * The log that a gateway writes to now, and those that were put aside ({@code FILE.1} and on): a last line that
     * is none may be half written, and is left out.
     *
     * @throws InvalidFileException when one cannot be read, or a line is none of the decision log
     */
    public static void replayRunning(Path log, Replay replay) {
        var newestFirst = new ArrayList<Path>(List.of(log));
        for (int number = 1; Files.isRegularFile(aside(log, number)); number++) {
            newestFirst.add(aside(log, number));
        }
        for (Path file : newestFirst.reversed()) {
            if (Files.isRegularFile(file)) {
                read(file, replay, file.equals(log));
            }
        }
    }

    private static Path aside(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }

    private static String begins(Path log) {
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            String first = lines.readLine();
            return first == null || first.isBlank()
                    ? ""
                    : DecisionLines.read(log.toString(), 1, first).at();
        } catch (IOException e) {
            throw unreadable(log, e);
        }
    }

    private static void read(Path log, Replay replay, boolean running) {
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    replay.line(log.toString(), number, line);
                } catch (InvalidFileException e) {
                    if (!running || lines.readLine() != null) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw unreadable(log, e);
        }
    }

    private static InvalidFileException unreadable(Path file, IOException e) {
        return new InvalidFileException(
                e instanceof CharacterCodingException
                        ? file + " is not UTF-8"
                        : file + " cannot be read (" + e.getClass().getSimpleName() + ")");
    }
}
