package dev.fogline.policies.cli;

/** The command was called with arguments that it does not take. */
final class WrongUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongUseException(String message) {
        super(message);
    }
}
