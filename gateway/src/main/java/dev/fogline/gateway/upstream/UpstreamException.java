package dev.fogline.gateway.upstream;

/** Carries an {@link UpstreamFailure} through a future and past the circuit breaker; it has no stack trace. */
public final class UpstreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient UpstreamFailure failure;

    public UpstreamException(UpstreamFailure failure) {
        super(failure.result(), null, false, false);
        this.failure = failure;
    }

    public UpstreamFailure failure() {
        return failure;
    }

    /** What an exception of the HTTP client, or of a guard around it, means. */
    public static UpstreamFailure of(Throwable cause) {
        return cause instanceof UpstreamException known ? known.failure : new UpstreamFailure.Reset();
    }
}
