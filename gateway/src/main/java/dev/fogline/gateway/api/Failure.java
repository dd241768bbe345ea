package dev.fogline.gateway.api;

import java.util.OptionalInt;

/** Every way in which a request can fail, as the client is told. Messages never quote the request's content. */
public sealed interface Failure {
    String message();

    int status();

    String code();

    /** OpenAI's error type, which its clients map to exception classes. */
    default String type() {
        return status() < 500 ? "invalid_request_error" : "api_error";
    }

    /** Waiting cannot cure it: the official clients read {@code x-should-retry: false} and stop. */
    default boolean hopeless() {
        return status() < 500 && status() != 408 && status() != 429;
    }

    default OptionalInt retryAfterSeconds() {
        return OptionalInt.empty();
    }

    /** How the exchange ended, for metrics and logs. */
    default String outcome() {
        return code();
    }

    record Invalid(String message, String param) implements Failure {
        public Invalid(String message) {
            this(message, "");
        }

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "invalid_request";
        }
    }

    record ContextLength(String message) implements Failure {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "context_length_exceeded";
        }
    }

    record ModelNotFound(String message) implements Failure {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public String code() {
            return "model_not_found";
        }
    }

    record MethodNotAllowed(String allowed) implements Failure {
        @Override
        public String message() {
            return "this path takes " + allowed + " only";
        }

        @Override
        public int status() {
            return 405;
        }

        @Override
        public String code() {
            return "method_not_allowed";
        }
    }

    /** Other statuses that HTTP itself has a word for: 403, 404, 413, 415, 421, 508. */
    record Http(int status, String code, String message) implements Failure {
        /** A loop (508) stays one until somebody changes the configuration. */
        @Override
        public boolean hopeless() {
            return Failure.super.hopeless() || status == 508;
        }
    }

    record PolicyRefused(String message) implements Failure {
        @Override
        public int status() {
            return 422;
        }

        @Override
        public String code() {
            return "policy_refused";
        }
    }

    record RateLimited(String message, OptionalInt retryAfterSeconds) implements Failure {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public String code() {
            return "rate_limited";
        }

        @Override
        public String type() {
            return "rate_limit_error";
        }
    }

    /** @param retryAfterSeconds until the budget's next day */
    record BudgetExhausted(String message, OptionalInt retryAfterSeconds) implements Failure {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public String code() {
            return "budget_exhausted";
        }

        @Override
        public String type() {
            return "insufficient_quota";
        }

        /** Tomorrow is later than any client waits. */
        @Override
        public boolean hopeless() {
            return true;
        }
    }

    record UpstreamFailed(String message) implements Failure {
        @Override
        public int status() {
            return 502;
        }

        @Override
        public String code() {
            return "upstream_failed";
        }
    }

    record UpstreamRejected(String message) implements Failure {
        @Override
        public int status() {
            return 502;
        }

        @Override
        public String code() {
            return "upstream_rejected";
        }

        @Override
        public boolean hopeless() {
            return true;
        }
    }

    record NoTarget(String message) implements Failure {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String code() {
            return "no_target_available";
        }

        @Override
        public OptionalInt retryAfterSeconds() {
            return OptionalInt.of(2);
        }
    }

    /** The gateway itself has all it may hold; {@code cause} is a metric label. */
    record Shed(String cause, String message) implements Failure {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String code() {
            return "no_target_available";
        }

        @Override
        public OptionalInt retryAfterSeconds() {
            return OptionalInt.of(2);
        }
    }

    record Deadline(String message) implements Failure {
        @Override
        public int status() {
            return 504;
        }

        @Override
        public String code() {
            return "deadline_exceeded";
        }

        @Override
        public boolean hopeless() {
            return true;
        }
    }

    /** The client left: nobody reads the answer, and nobody is to blame. */
    record ClientGone() implements Failure {
        @Override
        public String message() {
            return "the client left";
        }

        @Override
        public int status() {
            return 499;
        }

        @Override
        public String code() {
            return "cancelled";
        }
    }

    /** A bug of ours. The message never holds the exception's text, which may quote a prompt. */
    record Internal() implements Failure {
        @Override
        public String message() {
            return "Fogline failed inside; the decision id finds the log line";
        }

        @Override
        public int status() {
            return 500;
        }

        @Override
        public String code() {
            return "internal_error";
        }
    }
}
