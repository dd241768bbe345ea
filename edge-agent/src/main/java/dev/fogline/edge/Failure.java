package dev.fogline.edge;

import java.util.OptionalInt;

/** Every way to fail, with what the caller is told. Closed, so that a new one has to say its status. */
sealed interface Failure {

    int status();

    String code();

    /** For people; made of our own words and figures only. */
    String message();

    /** Seconds after which another try may do better; empty when waiting changes nothing. */
    default OptionalInt retryAfter() {
        return OptionalInt.empty();
    }

    /** Waiting cannot cure it: the official clients read {@code x-should-retry: false} and stop. */
    default boolean hopeless() {
        return status() < 500 && status() != 408 && status() != 429;
    }

    default String type() {
        return status() == 429 ? "rate_limit_error" : status() >= 500 ? "server_error" : "invalid_request_error";
    }

    record Invalid(String message) implements Failure {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** @param promptTokens 0 when only estimated */
    record TooLong(int promptTokens, int context) implements Failure {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "context_length_exceeded";
        }

        @Override
        public String message() {
            String prompt = promptTokens > 0 ? "The prompt has " + promptTokens + " tokens" : "The prompt is too long";
            return prompt + "; this model's context is " + context + " tokens.";
        }
    }

    record Http(int status, String code, String message) implements Failure {}

    record QueueFull(int capacity) implements Failure {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public String code() {
            return "rate_limited";
        }

        @Override
        public String message() {
            return "Every slot is busy and " + capacity + " requests are waiting.";
        }

        @Override
        public OptionalInt retryAfter() {
            return OptionalInt.of(1);
        }
    }

    record NotReady(String state, int seconds) implements Failure {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String code() {
            return "no_target_available";
        }

        @Override
        public String message() {
            return "The model server is not ready (" + state + ").";
        }

        @Override
        public OptionalInt retryAfter() {
            return OptionalInt.of(seconds);
        }
    }

    record EngineFailed(String message) implements Failure {
        @Override
        public int status() {
            return 502;
        }

        @Override
        public String code() {
            return "upstream_failed";
        }
    }
}
