/** Money that may be spent: reserved before it can be, settled or released once. The clock is handed in. */
@NullMarked
package dev.fogline.policies.cost;

import org.jspecify.annotations.NullMarked;
