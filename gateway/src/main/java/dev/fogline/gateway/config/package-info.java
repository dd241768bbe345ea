/** What an operator configures: {@code fogline.yaml}, the {@code FOGLINE_*} variables and the providers' presets. */
@NullMarked
package dev.fogline.gateway.config;

import org.jspecify.annotations.NullMarked;
