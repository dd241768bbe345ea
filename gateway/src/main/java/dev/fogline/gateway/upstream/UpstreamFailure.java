package dev.fogline.gateway.upstream;

import java.util.OptionalInt;

/** The ways in which one attempt at a target can fail before its answer is committed. */
public sealed interface UpstreamFailure {
    /** Metric label. */
    String result();

    /** Whether the circuit breaker counts it: the target's own fault, and a sign that the next call fails too. */
    default boolean sick() {
        return true;
    }

    /**
     * The target did not take the request: refused, no connection in time, 503, open circuit.
     *
     * @param sent the request went out before it was refused
     */
    record Refused(String cause, boolean sick, boolean sent) implements UpstreamFailure {
        @Override
        public String result() {
            return "refused";
        }
    }

    /** We have as many calls with it as it may have. */
    record Full() implements UpstreamFailure {
        @Override
        public String result() {
            return "refused";
        }

        @Override
        public boolean sick() {
            return false;
        }
    }

    /** Nothing came in time. */
    record Late(String limit) implements UpstreamFailure {
        @Override
        public String result() {
            return "late";
        }
    }

    /** The connection broke while the request or the answer was on its way. */
    record Reset() implements UpstreamFailure {
        @Override
        public String result() {
            return "reset";
        }
    }

    /** A status that is the target's failure. */
    record BadStatus(int status) implements UpstreamFailure {
        @Override
        public String result() {
            return status >= 500 ? "5xx" : status >= 400 ? "4xx" : "3xx";
        }
    }

    /** It refused our credentials, account or address: 401, 402, 403, 404. */
    record Rejected(int status) implements UpstreamFailure {
        @Override
        public String result() {
            return "rejected";
        }
    }

    record RateLimited(OptionalInt retryAfterSeconds) implements UpstreamFailure {
        @Override
        public String result() {
            return "429";
        }

        @Override
        public boolean sick() {
            return false;
        }
    }

    /** A 200 that is no answer: a captive portal's page, a malformed or cut stream, an answer without end. */
    record Foreign(String what) implements UpstreamFailure {
        @Override
        public String result() {
            return "foreign";
        }
    }

    /** What must not reach it could not be taken out of the request, so nothing was sent. */
    record Unmasked() implements UpstreamFailure {
        @Override
        public String result() {
            return "unmasked";
        }

        @Override
        public boolean sick() {
            return false;
        }
    }

    /** There would be no record of what leaves, so nothing was sent. */
    record Unaudited() implements UpstreamFailure {
        @Override
        public String result() {
            return "unaudited";
        }

        @Override
        public boolean sick() {
            return false;
        }
    }

    /** We stopped it: the client left, or its deadline passed. */
    record Cancelled() implements UpstreamFailure {
        @Override
        public String result() {
            return "cancelled";
        }

        @Override
        public boolean sick() {
            return false;
        }
    }
}
