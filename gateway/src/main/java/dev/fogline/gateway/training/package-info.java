/** A run that teaches the JVM's ahead-of-time cache; nothing of it serves anybody. */
@NullMarked
package dev.fogline.gateway.training;

import org.jspecify.annotations.NullMarked;
