/** What operators are told: metrics, the decisions' memory and the access log. Never content. */
@NullMarked
package dev.fogline.gateway.audit;

import org.jspecify.annotations.NullMarked;
