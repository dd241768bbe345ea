package dev.fogline.gateway;

import dev.fogline.gateway.audit.TargetMetrics;
import dev.fogline.gateway.config.TargetConfig;
import dev.fogline.gateway.upstream.ConcurrencyLimit;
import io.smallrye.faulttolerance.api.Guard;

/** What all event loops share of one target: its circuit breaker, its concurrency, its meters and its speed. */
record TargetLink(TargetConfig config, Guard guard, ConcurrencyLimit limit, TargetMetrics metrics, Speed speed) {}
