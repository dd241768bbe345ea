package dev.fogline.policies;

/**
 * List price of a target.
 *
 * @param input US dollars per million input tokens
 * @param output US dollars per million output tokens
 * @param source who published it
 * @param date when it was read, ISO 8601
 */
public record Price(double input, double output, String source, String date) {
    public Price {
        if (!(input >= 0) || !(output >= 0)) {
            throw new IllegalArgumentException("a price is not negative");
        }
    }
}
