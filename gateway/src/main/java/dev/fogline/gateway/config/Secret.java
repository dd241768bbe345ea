package dev.fogline.gateway.config;

/** A credential that cannot be printed by accident. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
