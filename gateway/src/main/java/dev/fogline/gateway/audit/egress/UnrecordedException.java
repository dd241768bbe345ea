package dev.fogline.gateway.audit.egress;

/** There is no record, so the body must not leave. It has no stack trace. */
public final class UnrecordedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnrecordedException() {
        super("no record", null, false, false);
    }
}
