package dev.fogline.gateway.api;

/** Something that would have to be masked stands where no placeholder can. It says nothing more, for it might quote it. */
public final class UnmaskableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnmaskableException() {
        super("it cannot be masked whole", null, false, false);
    }
}
