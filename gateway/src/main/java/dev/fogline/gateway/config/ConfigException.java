package dev.fogline.gateway.config;

/** The configuration is wrong; the message says what, where, and what to do, and holds no secret. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
