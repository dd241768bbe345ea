package dev.fogline.gateway.cli;

import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyLibrary;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.TextFile;
import dev.fogline.policies.replay.DecisionFiles;
import dev.fogline.policies.replay.DecisionLines;
import dev.fogline.policies.replay.Replay;
import dev.fogline.policies.replay.ReplayReport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code policy simulate --log FILE... --policy FILE}: what another policy would have made of logged decisions. Exit status
 * 0; 1 when {@code --fail-on newly-leaving} was asked for and something would; 2 for wrong use or a file that is wrong.
 */
public final class SimulateCommand {
    private static final String USAGE =
            "usage: policy simulate --log FILE... --policy FILE [--fail-on newly-leaving] [--json]";

    private final List<String> logs = new ArrayList<>();
    private @Nullable String policy;
    private boolean failOnLeaving;
    private boolean json;

    private SimulateCommand() {}

    public static void main(String... arguments) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        var command = new SimulateCommand();
        if (!command.understands(arguments) || command.policy == null || command.logs.isEmpty()) {
            err.println(USAGE);
            return 2;
        }
        try {
            ReplayReport report = command.replay(command.policy);
            out.print(command.json ? DecisionLines.pretty(report) + "\n" : report.text());
            return command.failOnLeaving && !report.newlyLeaving().isEmpty() ? 1 : 0;
        } catch (InvalidFileException e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private boolean understands(List<String> arguments) {
        boolean known = true;
        for (int i = 0; i < arguments.size(); i++) {
            String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            switch (arguments.get(i)) {
                case "--json" -> json = true;
                case "--policy" -> {
                    policy = next;
                    known &= !next.isEmpty();
                    i++;
                }
                case "--fail-on" -> {
                    failOnLeaving = true;
                    known &= next.equals("newly-leaving");
                    i++;
                }
                case "--log" -> {
                    int before = logs.size();
                    while (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
                        logs.add(arguments.get(++i));
                    }
                    known &= logs.size() > before;
                }
                default -> known = false;
            }
        }
        return known;
    }

    private ReplayReport replay(String candidate) {
        var replay = new Replay(
                candidate.startsWith(PolicyLibrary.PACK)
                        ? Policy.pack(candidate.substring(PolicyLibrary.PACK.length()))
                        : Policy.load(candidate, text(candidate)));
        DecisionFiles.replay(logs.stream().map(Path::of).toList(), replay);
        return replay.report();
    }

    private static String text(String file) {
        try {
            return TextFile.read(Path.of(file));
        } catch (InvalidFileException e) {
            throw new InvalidFileException(file + " " + e.getMessage());
        }
    }
}
