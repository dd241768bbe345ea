package dev.fogline.gateway.api;

/**
 * Where a top-level field stands in the request's bytes.
 *
 * @param keyStart of the opening quote of its name
 * @param valueStart of the first byte of its value
 * @param valueEnd after the last byte of its value
 */
public record BodyField(String name, int keyStart, int valueStart, int valueEnd) {}
