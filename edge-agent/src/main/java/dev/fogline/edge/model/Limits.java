package dev.fogline.edge.model;

import java.time.Duration;

/**
 * How long a pull waits for what.
 *
 * @param connect for a connection: short, so that an unreachable source is passed over quickly
 * @param answer for the head of an answer
 * @param stall without a single byte of a body
 * @param retryPause before the first retry; doubles with every retry that brought nothing
 * @param fruitless attempts in a row without a new byte before a source is given up
 * @param otherPull for another pull of the same thing to end
 * @param process for pip, in all
 */
record Limits(
        Duration connect,
        Duration answer,
        Duration stall,
        Duration retryPause,
        int fruitless,
        Duration otherPull,
        Duration process) {

    static Limits defaults() {
        return new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                4,
                Duration.ofHours(2),
                Duration.ofHours(2));
    }
}
