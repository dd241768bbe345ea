@NullMarked
package dev.fogline.policies;

import org.jspecify.annotations.NullMarked;
