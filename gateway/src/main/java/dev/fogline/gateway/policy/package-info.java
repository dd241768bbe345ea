/** The policy that is in force while the gateway runs, those before it, and the file it comes from. */
@NullMarked
package dev.fogline.gateway.policy;

import org.jspecify.annotations.NullMarked;
