/** How well detection does on labelled texts. */
@NullMarked
package dev.fogline.policies.evaluation;

import org.jspecify.annotations.NullMarked;
