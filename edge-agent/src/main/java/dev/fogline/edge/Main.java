package dev.fogline.edge;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why the agent does not start, where that is for an operator to mend, instead of a stack trace. */
@QuarkusMain
public final class Main {
    private static final Logger LOG = Logger.getLogger("fogline.edge");
    private static final int WRONG_USE = 2;

    private Main() {}

    public static void main(String... args) {
        Quarkus.run(null, Main::ended, args);
    }

    private static void ended(int status, @Nullable Throwable cause) {
        System.exit(cause == null ? status : status(status, cause, ExceptionUtil.getRootCause(cause)));
    }

    private static int status(int status, Throwable cause, Throwable root) {
        return switch (root) {
            case RefusedStart refused -> said(refused.getMessage(), WRONG_USE);
            case ConfigValidationException mistyped ->
                said(mistyped.getProblem(0).getMessage(), WRONG_USE);
            case BindException taken -> said("a port cannot be opened: " + taken.getMessage(), status);
            default -> {
                LOG.error("The edge-agent does not start", cause);
                yield status;
            }
        };
    }

    private static int said(@Nullable String sentence, int status) {
        System.err.println("fogline: the edge-agent does not start: " + sentence);
        return status;
    }
}
