package dev.fogline.edge.model;

import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./fogline model}: exit status 0 good, 1 failed, 2 wrong use. */
@Command(
        name = "./fogline model",
        description = "Models and the engine on this machine.",
        synopsisSubcommandLabel = "COMMAND")
public final class ModelCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    private ModelCommand() {}

    /** Runs the command and ends the process with its status. */
    public static void main(String[] args) {
        // The JDK sends no password to a proxy for https unless told so before its client is first used.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        Environment environment = Environment.ofProcess();
        AtomicBoolean ended = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!ended.get()) {
                environment.console().lastWord("Interrupted: the same command goes on.");
                environment.interruption().strike();
            }
        }));
        int status = run(environment, Catalogue.load(), args);
        ended.set(true);
        System.exit(status);
    }

    static int run(Environment environment, Catalogue catalogue, String... args) {
        return new CommandLine(new ModelCommand())
                .addSubcommand(new ListCommand(environment, catalogue))
                .addSubcommand(new PullCommand(environment, catalogue))
                .setOut(environment.console().out())
                .setErr(environment.console().err())
                .setExecutionExceptionHandler((failure, commandLine, result) -> {
                    environment.console().note("Failed: " + Causes.of(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .setParameterExceptionHandler((wrong, arguments) -> {
                    CommandLine command = wrong.getCommandLine();
                    command.getErr().println(wrong.getMessage());
                    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
                    command.getErr().println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }
}
