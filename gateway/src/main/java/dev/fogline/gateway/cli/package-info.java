/** Commands of the launcher that talk to a running gateway: plain mains, without Quarkus, so that they start quickly. */
@NullMarked
package dev.fogline.gateway.cli;

import org.jspecify.annotations.NullMarked;
