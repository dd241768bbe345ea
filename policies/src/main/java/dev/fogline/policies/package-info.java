/**
 * The decision: which target serves a request. Plain Java, pure functions over immutable values; no network, no clock.
 *
 * <p>Constraints remove targets, preferences rank what is left, {@link dev.fogline.policies.RoutingPolicy} picks. The laws
 * its tests hold it to: a request that may not leave never gets a cloud target; the same input gives the same decision;
 * the listing order of targets never matters; adding a constraint never adds a target.
 */
@NullMarked
package dev.fogline.policies;

import org.jspecify.annotations.NullMarked;
