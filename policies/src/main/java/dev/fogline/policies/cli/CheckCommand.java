package dev.fogline.policies.cli;

import dev.fogline.policies.Policy;
import dev.fogline.policies.file.InvalidFileException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code policy check FILE}: exit status 0 good, 1 the policy is wrong, 2 wrong use. */
public final class CheckCommand {
    private CheckCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != 1) {
            err.println("usage: policy check FILE");
            return 2;
        }
        String file = arguments.getFirst();
        try {
            Policy policy = Policy.load(file, Files.readString(Path.of(file)));
            policy.warnings().forEach(warning -> out.println("warning: " + warning));
            out.println(file + ": the policy '" + policy.name() + "' is good (revision " + policy.revision() + ")");
            return 0;
        } catch (InvalidFileException e) {
            err.println(e.getMessage());
            return 1;
        } catch (MalformedInputException e) {
            err.println(file + " is not UTF-8");
            return 1;
        } catch (IOException e) {
            err.println(file + " cannot be read (" + e.getClass().getSimpleName() + ")");
            return 2;
        }
    }
}
