/** The way of a request through the edge-agent, from its port to the model beside it, and the only wiring. */
@NullMarked
package dev.fogline.edge;

import org.jspecify.annotations.NullMarked;
