package dev.fogline.gateway;

import dev.fogline.gateway.audit.egress.AuditVerification;
import dev.fogline.gateway.audit.egress.AuditVerification.Result;
import dev.fogline.gateway.audit.egress.EgressAudit;
import dev.fogline.gateway.config.Audit;
import dev.fogline.gateway.config.ConfigException;
import dev.fogline.gateway.config.ConfigReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./fogline audit verify}: whether every record of what left is as it was written, in its place, and none is missing.
 * Exit status 0; 1 when it is not so; 2 for wrong use, or without a key or a folder to look at.
 */
public final class AuditCommand {
    private static final String USAGE = "usage: audit verify [--head N] [--config FILE] [FOLDER]";

    private @Nullable Path config;
    private @Nullable Path folder;
    private long head;

    private AuditCommand() {}

    public static void main(String... arguments) {
        System.exit(run(List.of(arguments), ConfigReader.ofProcess(), System.out, System.err));
    }

    static int run(List<String> arguments, ConfigReader configurations, PrintStream out, PrintStream err) {
        var command = new AuditCommand();
        if (!command.understands(arguments)) {
            err.println(USAGE);
            return 2;
        }
        try {
            return command.verify(configurations.audit(Optional.ofNullable(command.config)), out);
        } catch (ConfigException e) {
            err.println("fogline: " + e.getMessage());
        } catch (IOException e) {
            err.println("fogline: the audit cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
        return 2;
    }

    private boolean understands(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("verify")) {
            return false;
        }
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--config") && i + 1 < arguments.size()) {
                config = Path.of(arguments.get(++i));
            } else if (argument.equals("--head")
                    && i + 1 < arguments.size()
                    && arguments.get(i + 1).matches("\\d{1,18}")) {
                head = Long.parseLong(arguments.get(++i));
            } else if (!argument.startsWith("-") && folder == null) {
                folder = Path.of(argument);
            } else {
                return false;
            }
        }
        return true;
    }

    private int verify(Audit.Keyed keyed, PrintStream out) throws IOException {
        Path where = folder;
        if (where == null) {
            where = keyed.audit()
                    .folder()
                    .orElseThrow(() -> new IOException("audit.path is off; name the folder of an earlier one"));
        }
        String key = keyed.installationKey().value();
        Result found = AuditVerification.of(where, key);
        if (found.broken().isPresent() && EgressAudit.isWritten(where)) {
            // A line may have been looked at while it was being written.
            found = AuditVerification.of(where, key);
        }
        describe(where, found, out);
        return judge(found, out);
    }

    private static void describe(Path where, Result found, PrintStream out) {
        out.println("egress audit in " + where);
        out.println("records  " + found.first() + " to " + found.last() + " in " + found.files()
                + " files; bodies that left: " + found.sent());
        if (found.from() != null) {
            out.println("time     " + found.from() + " to " + found.to());
        }
        out.println("end      "
                + (found.closed() ? "told: the gateway was stopped" : "open: a gateway is writing, or was killed"));
        out.println("gaps     " + found.gaps().size());
        found.gaps()
                .forEach(gap -> out.println("         after record " + gap.after() + ", noted " + gap.time() + ", "
                        + gap.tornBytes() + " torn bytes: " + gap.file() + " line " + gap.line()));
    }

    private int judge(Result found, PrintStream out) {
        if (found.broken().isPresent()) {
            var broken = found.broken().get();
            out.println("BROKEN   " + broken.file() + " line " + broken.line() + ": " + broken.why());
        } else if (found.last() < Math.max(head, 1)) {
            out.println("CUT      " + (found.last() == 0 ? "there is no record" : "the last record is " + found.last())
                    + (head == 0
                            ? ", and every gateway writes one when it starts"
                            : ", and there was a record " + head));
        } else {
            out.println("good     every record is as it was written and in its place");
            return 0;
        }
        return 1;
    }
}
