/** Decisions as they are logged, without content, and what another policy would have decided. */
@NullMarked
package dev.fogline.policies.replay;

import org.jspecify.annotations.NullMarked;
