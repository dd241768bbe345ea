package dev.fogline.policies;

/** Whether a target takes requests now, as far as we know. */
public enum Availability {
    READY("ready"),
    /** An edge-agent whose status has not been seen yet. */
    UNKNOWN("its status is not known yet"),
    /** The agent answers, but its engine is starting, restarting or has given up. */
    NOT_READY("its engine is not ready"),
    UNREACHABLE("it does not answer"),
    /** Too many calls in a row failed; it is tried again after a pause. */
    CIRCUIT_OPEN("its circuit is open after failures"),
    /** It refused our credentials or account. */
    REJECTED("it refused our credentials or account");

    private final String sentence;

    Availability(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
