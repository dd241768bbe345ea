/** A stand-in for a cloud: what the demonstration talks to while nobody has named a real one. */
@NullMarked
package dev.fogline.edge.standin;

import org.jspecify.annotations.NullMarked;
