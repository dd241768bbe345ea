/**
 * The decision: which target serves a request. Plain Java, pure functions over immutable values; no network, no clock.
 *
 * <p>{@link dev.fogline.policies.Policy} is read from a file. Its rules say what may leave, constraints remove targets,
 * preferences rank what is left, the late rank behind those in time, {@link dev.fogline.policies.RoutingPolicy} picks. The
 * laws its tests hold it to: a request that may not leave never gets a cloud target, whatever time, money and health say;
 * the same input gives the same decision; the listing order of targets and rules never matters; adding a constraint never
 * adds a target.
 */
@NullMarked
package dev.fogline.policies;

import org.jspecify.annotations.NullMarked;
