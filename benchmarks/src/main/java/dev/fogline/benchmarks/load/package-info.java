/**
 * Load and upstream on one thread: a generator of HTTP/1.1 requests and a scripted OpenAI-like upstream share one
 * selector, so that neither waits for the other's time slice on the core they have, and so that the generator knows to the
 * byte what must come back. Plain NIO, because a framework's cost would be measured with every server.
 */
@NullMarked
package dev.fogline.benchmarks.load;

import org.jspecify.annotations.NullMarked;
