package dev.fogline.policies.privacy;

import org.jspecify.annotations.Nullable;

/** Numbers of tags: none, and for each kind of name its first word and a further one. */
final class Tag {
    static final int NONE = 0;
    static final int COUNT = 9;

    private static final @Nullable FindingKind[] KINDS = {
        null, FindingKind.PERSON, FindingKind.ORGANISATION, FindingKind.PLACE, FindingKind.ADDRESS
    };

    private Tag() {}

    static int first(FindingKind kind) {
        return switch (kind) {
            case PERSON -> 1;
            case ORGANISATION -> 3;
            case PLACE -> 5;
            case ADDRESS -> 7;
            default -> NONE;
        };
    }

    static boolean isFirst(int tag) {
        return (tag & 1) == 1;
    }

    static @Nullable FindingKind kind(int tag) {
        return KINDS[(tag + 1) / 2];
    }

    /** Whether a tag may follow another one across what stands between their words. */
    static boolean follows(int tag, int previous, Words.Gap gap) {
        if (tag == NONE || isFirst(tag)) {
            return true;
        }
        if (previous != tag && previous != tag - 1) {
            return false;
        }
        return switch (gap) {
            case NONE, SPACE, DASH, COMMA -> true;
            case STOP, CODE -> true;
            case LINE -> tag == 8;
            default -> false;
        };
    }
}
