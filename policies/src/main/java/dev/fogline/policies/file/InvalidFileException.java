package dev.fogline.policies.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file is wrong; the message says which, where in it, and what to do, and quotes no secret. */
public final class InvalidFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern KEY = Pattern.compile("\\b(?:key|condition) '([^']+)'");

    private final String source;
    private final int line;
    private final int column;

    public InvalidFileException(String message) {
        this("", 0, 0, message);
    }

    InvalidFileException(String source, int line, int column, String message) {
        super(message);
        this.source = source;
        this.line = line;
        this.column = column;
    }

    /**
     * Where in a file it is wrong.
     *
     * @param line from 1
     * @param column from 1
     */
    public record Place(String source, int line, int column) {}

    /** Empty when the whole file is wrong. */
    public Optional<Place> place() {
        return line > 0 ? Optional.of(new Place(source, line, column)) : Optional.empty();
    }

    /** The key that is wrong, if it is one. */
    public Optional<String> key() {
        Matcher named = KEY.matcher(String.valueOf(getMessage()));
        return named.find() ? Optional.of(named.group(1)) : Optional.empty();
    }
}
