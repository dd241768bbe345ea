package dev.fogline.policies;

import java.util.Optional;

/** May this target serve this request? A hard rule: an objection removes the target. */
interface Constraint {
    /** What an objection of this constraint is filed under. */
    Reason reason();

    /** The objection as one sentence, empty when there is none. */
    Optional<String> objection(Question question, Candidate candidate);
}
