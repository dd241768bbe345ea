/** What clients send and get: reading a chat request, relaying an answer, and saying what went wrong. */
@NullMarked
package dev.fogline.gateway.api;

import org.jspecify.annotations.NullMarked;
