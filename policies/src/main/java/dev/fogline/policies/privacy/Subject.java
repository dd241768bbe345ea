package dev.fogline.policies.privacy;

import dev.fogline.policies.Sensitivity;
import java.util.Locale;

/** What a text is about, if it is about somebody: no span says it, so nothing can be masked of it. */
public enum Subject {
    /** Somebody's illness, treatment or body. */
    HEALTH(Sensitivity.CONFIDENTIAL),
    /** A case, dispute or crime of somebody's, and what decides where somebody may live. */
    LAW(Sensitivity.CONFIDENTIAL),
    /** A child that somebody knows. */
    MINORS(Sensitivity.CONFIDENTIAL),
    /** What somebody earns, owns or owes. */
    PAY(Sensitivity.CONFIDENTIAL),
    /** What lets somebody in, also where the secret itself does not stand there. */
    CREDENTIALS(Sensitivity.CONFIDENTIAL),
    /** A letter, an application or the like in somebody's name: not regulated, and private all the same for some. */
    LETTERS(Sensitivity.PUBLIC),
    /**
     * The own affairs of a person or an organisation, as against what is everybody's: knowledge, code, figures, fiction.
     * Told by the words as a whole; a guess, and wrong more often than the others.
     */
    AFFAIRS(Sensitivity.PUBLIC);

    private final Sensitivity sensitivity;

    Subject(Sensitivity sensitivity) {
        this.sensitivity = sensitivity;
    }

    /** Stable name for metrics, decision logs and policies. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How private a text is that is about it, where no policy says more. */
    public Sensitivity sensitivity() {
        return sensitivity;
    }
}
