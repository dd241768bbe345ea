package dev.fogline.policies.cli;

import dev.fogline.policies.Policy;
import dev.fogline.policies.file.InvalidFileException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run of a command in a terminal.
 *
 * @param surroundings what the tools need of the gateway
 */
public record Tool(InputStream in, PrintStream out, PrintStream err, Surroundings surroundings) {
    /** Everything is as it should be. */
    static final int GOOD = 0;
    /** What was asked for was done, and its result is what a CI should stop at. */
    static final int FOUND = 1;
    /** Wrong use, or a file that is wrong. */
    static final int WRONG = 2;

    private static final String USAGE = """
            usage: policy check [--config FILE] [--strict] FILE
                   policy test [--junit FILE] FILE...
                   policy explain [--policy FILE] [--config FILE] [--header 'NAME: VALUE']... [--time INSTANT]
                                  [--json] [BODY.json | -]
                   policy schema
            """;

    public static Tool ofProcess(Surroundings surroundings) {
        return new Tool(
                System.in,
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                surroundings);
    }

    /** @return the exit status: 0 good, 1 something was found or a case failed, 2 wrong use or a wrong file */
    public int run(List<String> arguments) {
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        try {
            return switch (command) {
                case "check" -> CheckCommand.run(rest(arguments), this);
                case "test" -> TestCommand.run(rest(arguments), this);
                case "explain" -> ExplainCommand.run(rest(arguments), this);
                case "schema" -> schema(rest(arguments));
                default -> throw new WrongUseException("there is no command 'policy " + command + "'");
            };
        } catch (WrongUseException e) {
            err.println("fogline: " + e.getMessage());
            err.print(USAGE);
            return WRONG;
        } catch (InvalidFileException e) {
            err.println(e.getMessage());
            return WRONG;
        }
    }

    /** The JSON schema of a policy file, for editors. */
    private int schema(List<String> arguments) {
        if (!arguments.isEmpty()) {
            throw new WrongUseException("policy schema wants nothing more");
        }
        out.print(Policy.schema());
        return GOOD;
    }

    private static List<String> rest(List<String> arguments) {
        return arguments.subList(1, arguments.size());
    }
}
