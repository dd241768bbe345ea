/**
 * Models and the engine on this machine's disk: {@code ./fogline model list} and {@code model pull}.
 *
 * <p>Plain Java, without the agent's framework, because the command must start in a fraction of a second. The agent
 * itself only asks {@link dev.fogline.edge.model.ModelStore} and {@link dev.fogline.edge.model.EngineStore} what is
 * there; it never downloads.
 *
 * <p>Laws: a model is visible only when its file is whole and its record is written (the record is written last); a
 * sum that does not match removes the file; a secret (a token, a proxy's password, a signed address) is neither
 * printed nor stored.
 */
@NullMarked
package dev.fogline.edge.model;

import org.jspecify.annotations.NullMarked;
