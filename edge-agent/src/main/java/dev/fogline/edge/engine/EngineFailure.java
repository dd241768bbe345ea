package dev.fogline.edge.engine;

/** Why a call to the engine brought no answer, or not a whole one. An exception, since it travels through futures. */
public abstract sealed class EngineFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private EngineFailure(String message) {
        super(message, null, false, false);
    }

    /** No connection could be had: nothing was sent. */
    public static final class Unreachable extends EngineFailure {
        private static final long serialVersionUID = 1;

        public Unreachable() {
            super("no connection to the engine");
        }
    }

    /** The engine answered with a status that is not 200. */
    public static final class Refused extends EngineFailure {
        private static final long serialVersionUID = 1;

        private final int status;

        public Refused(int status) {
            super("the engine answered " + status);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** The prompt is longer than the context of a slot. */
    public static final class ContextExceeded extends EngineFailure {
        private static final long serialVersionUID = 1;

        private final int promptTokens;
        private final int context;

        /** Each figure is 0 when the engine did not tell it. */
        public ContextExceeded(int promptTokens, int context) {
            super("the prompt is longer than the context");
            this.promptTokens = promptTokens;
            this.context = context;
        }

        public int promptTokens() {
            return promptTokens;
        }

        public int context() {
            return context;
        }
    }

    /** It took the request and broke off, stalled, or sent what is no answer. */
    public static final class Broken extends EngineFailure {
        private static final long serialVersionUID = 1;

        public Broken(String what) {
            super(what);
        }
    }

    /** The caller left: nobody's fault. */
    public static final class Cancelled extends EngineFailure {
        private static final long serialVersionUID = 1;

        public Cancelled() {
            super("the caller left");
        }
    }
}
