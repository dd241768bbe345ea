package dev.fogline.edge.model;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** What a server's status means to someone who wants a file. */
final class Statuses {
    private Statuses() {}

    static String cause(int status) {
        return switch (status) {
            // The hub answers 401 also for what does not exist, so as not to tell which private repositories there are.
            case 401 -> "not there, or not for everyone (401): a private model needs HF_TOKEN";
            case 403 -> "access refused (403): a gated model needs HF_TOKEN and its terms accepted";
            case 404 -> "not found (404)";
            case 429 -> "too many requests (429)";
            default -> "the server answered " + status;
        };
    }

    /** In seconds only; the other form, a date, would need clocks that agree. */
    static Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
