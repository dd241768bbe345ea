package dev.fogline.policies;

/**
 * How large a request is and its answer may become.
 *
 * @param promptTokens estimate, on the safe side
 * @param outputTokens the caller's bound of one answer, or what we assume where there is none
 * @param outputBounded the caller set that bound
 * @param choices how many answers it asks for ({@code n}), at least 1
 */
public record RequestSize(int promptTokens, int outputTokens, boolean outputBounded, int choices) {
    public RequestSize {
        if (promptTokens < 0 || outputTokens < 0 || choices < 1) {
            throw new IllegalArgumentException("sizes are not negative, and a request asks for at least one answer");
        }
    }
}
