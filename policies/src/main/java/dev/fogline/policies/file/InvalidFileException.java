package dev.fogline.policies.file;

/** A file is wrong; the message says which, where in it, and what to do, and quotes no secret. */
public final class InvalidFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidFileException(String message) {
        super(message);
    }
}
