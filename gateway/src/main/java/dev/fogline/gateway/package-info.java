/**
 * The way of a request through the gateway. {@link dev.fogline.gateway.ChatHandler} reads it top to bottom; {@code Assembly}
 * is the only wiring. The sub-packages know neither this package nor each other.
 */
@NullMarked
package dev.fogline.gateway;

import org.jspecify.annotations.NullMarked;
