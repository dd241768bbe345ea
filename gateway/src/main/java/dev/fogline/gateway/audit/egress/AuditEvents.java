package dev.fogline.gateway.audit.egress;

/** What operators are told of the audit; called from its threads and from event loops, and never blocks. */
public interface AuditEvents {
    /** Why a body did not leave, or something was not written; a metric's label. */
    enum Cause {
        /** Too many wait for their record. */
        FULL,
        /** The disk refused what was written. */
        WRITE,
        /** The disk did not confirm, or not in time, that what was written is safe. */
        SYNC,
        /** The record was not there in time. */
        LATE
    }

    /** Records were written. */
    void written(RecordType type, int count);

    void failed(Cause cause);

    /** A body has waited for its record, whether or not it came. */
    void waited(long nanos);

    /** From now on nothing leaves for a cloud. */
    void stopped(String why);

    /** From now on it does again. */
    void resumed();
}
