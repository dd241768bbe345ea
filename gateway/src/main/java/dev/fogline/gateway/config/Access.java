package dev.fogline.gateway.config;

import dev.fogline.policies.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One port: where it listens and who may call.
 *
 * @param host a loopback address unless there are keys
 * @param keys digests of the keys, hexadecimal, and whose they are; empty: none is needed
 * @param hosts further names that a Host header may have
 * @param origins web origins that may call
 */
public record Access(String host, int port, Map<String, Tenant> keys, List<String> hosts, List<String> origins) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    public boolean loopback() {
        return LOOPBACK.contains(host);
    }
}
