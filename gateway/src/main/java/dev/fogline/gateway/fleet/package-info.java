/** What can serve now: the targets, what the edge-agents say of themselves, and what calls have shown. */
@NullMarked
package dev.fogline.gateway.fleet;

import org.jspecify.annotations.NullMarked;
