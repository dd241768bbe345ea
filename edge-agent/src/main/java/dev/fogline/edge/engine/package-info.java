/**
 * The model server beside the agent: found and attached to, or started and looked after, and one call to it.
 *
 * <p>Takes values, not beans, so that a plain {@code main} can use it. Errors of an engine reach nobody as text: they
 * may quote a prompt. What leaves this package about a failure is a phrase out of a fixed list.
 */
@NullMarked
package dev.fogline.edge.engine;

import org.jspecify.annotations.NullMarked;
