package dev.fogline.gateway.audit.egress;

import java.util.Locale;

/** What a record of the audit tells. */
public enum RecordType {
    /** Writing begins, or goes on after a pause in which nothing left; nothing is missing before it. */
    OPENED,
    /** A body was about to leave. */
    SENT,
    /** Writing goes on after an end that was none: of what was written last before it, some may be missing. */
    GAP,
    /** The oldest file was deleted, as the configuration asks. */
    DROPPED,
    /** Writing ended as it should. */
    CLOSED;

    /** As it stands in a record, and in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
