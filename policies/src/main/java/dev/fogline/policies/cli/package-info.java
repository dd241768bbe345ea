/** What an operator runs in a terminal. */
@NullMarked
package dev.fogline.policies.cli;

import org.jspecify.annotations.NullMarked;
