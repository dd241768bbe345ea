/** Talking to a target: one HTTP call that can be cancelled in every phase, and the ways it can fail. */
@NullMarked
package dev.fogline.gateway.upstream;

import org.jspecify.annotations.NullMarked;
