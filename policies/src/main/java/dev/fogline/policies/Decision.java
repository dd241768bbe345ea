package dev.fogline.policies;

import java.util.List;

/** What to do with a request; a value that explains itself. */
public sealed interface Decision {
    Reason reason();

    /** Every rule that spoke against a target, sorted by target and rule. */
    List<Objection> objections();

    /** What may leave, and which of the policy's rules said so. */
    Ruling ruling();

    /** @param plan the targets to try in order; never empty, never one that an objection names */
    record Route(List<Target> plan, Reason reason, List<Objection> objections, Ruling ruling) implements Decision {
        public Route {
            plan = List.copyOf(plan);
            objections = List.copyOf(objections);
        }
    }

    record Refuse(Refusal refusal, Reason reason, List<Objection> objections, Ruling ruling) implements Decision {
        public Refuse {
            objections = List.copyOf(objections);
        }
    }

    /** Why nothing can serve the request, in the order in which it is asked. */
    enum Refusal {
        /** No configured target is permitted, and waiting will not change that. */
        POLICY("policy_refused"),
        /** Only the length excludes every permitted target. */
        CONTEXT("context_length_exceeded"),
        /** Every permitted target lacks something that the request needs. */
        CAPABILITY("invalid_request"),
        /** Every permitted and able target costs money, and the budget is spent. */
        BUDGET("budget_exhausted"),
        /** Permitted and able targets exist, but none takes requests now. */
        UNAVAILABLE("no_target_available");

        private final String code;

        Refusal(String code) {
            this.code = code;
        }

        /** The code that the client is told. */
        public String code() {
            return code;
        }
    }
}
