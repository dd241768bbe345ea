/** How fast targets are: learned from what was seen, forgotten with time. The clock is handed in. */
@NullMarked
package dev.fogline.policies.latency;

import org.jspecify.annotations.NullMarked;
