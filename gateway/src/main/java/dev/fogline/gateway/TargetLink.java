package dev.fogline.gateway;

import dev.fogline.gateway.audit.TargetMetrics;
import dev.fogline.gateway.config.TargetConfig;
import dev.fogline.gateway.upstream.ConcurrencyLimit;

/** What all event loops share of one target: its circuit breaker, its concurrency, its meters and its speed. */
record TargetLink(
        TargetConfig config, CircuitBreaker breaker, ConcurrencyLimit limit, TargetMetrics metrics, Speed speed) {}
