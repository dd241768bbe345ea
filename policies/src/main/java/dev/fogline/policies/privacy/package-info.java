/** What a text holds that must be protected: detectors and what they find. The only place that reads prompts. */
@NullMarked
package dev.fogline.policies.privacy;

import org.jspecify.annotations.NullMarked;
