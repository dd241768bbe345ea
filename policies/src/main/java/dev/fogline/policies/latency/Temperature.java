package dev.fogline.policies.latency;

/** What a call finds at its target: one in use, or one that has rested, whose connection or model may be gone. */
public enum Temperature {
    WARM,
    COLD
}
