/** The egress audit: append-only, chained records of what left for which cloud. Never content. */
@NullMarked
package dev.fogline.gateway.audit.egress;

import org.jspecify.annotations.NullMarked;
