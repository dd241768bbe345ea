package dev.fogline.policies;

/** What may leave for the cloud, from loosest to strictest. */
public enum Egress {
    ALLOW,
    /** Findings are replaced by placeholders before the bytes leave; where that would leave any behind it is {@link #DENY}. */
    PSEUDONYMISE,
    DENY;

    /** What a class may do where no rule says more. */
    public static Egress defaultFor(Sensitivity sensitivity) {
        return switch (sensitivity) {
            case PUBLIC, INTERNAL -> ALLOW;
            case CONFIDENTIAL -> PSEUDONYMISE;
            case RESTRICTED -> DENY;
        };
    }
}
