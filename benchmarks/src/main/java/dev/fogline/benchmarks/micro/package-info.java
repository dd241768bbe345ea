/** The parts of a request's way, each alone, by JMH. */
@NullMarked
package dev.fogline.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
