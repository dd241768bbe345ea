/** {@code ./fogline bench}: what the gateway costs, measured in one run beside going direct and beside its peers. */
@NullMarked
package dev.fogline.benchmarks;

import org.jspecify.annotations.NullMarked;
