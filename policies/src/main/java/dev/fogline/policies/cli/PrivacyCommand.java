package dev.fogline.policies.cli;

import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.privacy.DetectorGroup;
import dev.fogline.policies.privacy.Detectors;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;

/** {@code ./fogline privacy}: what detection finds in a text, and how well it does on labelled ones. */
public final class PrivacyCommand {
    private static final String USAGE = """
            usage: privacy evaluate [--json] [--no-names | --policy FILE] [--least-f2 N] FILE
                   privacy scan [--json] [--show] [--no-names] [--fail-on found]    (reads standard input)
            """;

    private PrivacyCommand() {}

    public static void main(String... arguments) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int status = run(List.of(arguments), System.in, out, System.err);
        out.flush();
        System.exit(status);
    }

    /** @return the exit status: 0 good, 1 below what was asked for or something found, 2 wrong use or a wrong file */
    static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        try {
            return switch (command) {
                case "evaluate" -> EvaluateCommand.run(rest, out);
                case "scan" -> ScanCommand.run(rest, in, out);
                default -> throw new WrongUseException("there is no command 'privacy " + command + "'");
            };
        } catch (WrongUseException e) {
            err.println("fogline: " + e.getMessage());
            err.print(USAGE);
            return Tool.WRONG;
        } catch (InvalidFileException e) {
            err.println(e.getMessage());
            return Tool.WRONG;
        }
    }

    static Detectors detectors(Arguments given) {
        return given.has("--no-names") ? Detectors.standard() : Detectors.of(EnumSet.allOf(DetectorGroup.class));
    }
}
