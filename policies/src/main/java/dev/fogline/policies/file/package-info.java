/** Files that people write: read strictly, and refused with file, line and key. */
@NullMarked
package dev.fogline.policies.file;

import org.jspecify.annotations.NullMarked;
