package dev.fogline.gateway.config;

import dev.fogline.policies.Target;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One target and how to talk to it.
 *
 * @param baseUrl with its own path, without a slash at the end
 * @param provider the OpenTelemetry name of who runs it
 * @param key credential, sent as a bearer token
 * @param usage whether its streams tell usage when asked, always, or refuse the question
 * @param maxTokensField the name it knows the bound of the answer by, empty when it takes both
 * @param drop top-level request fields it answers with an error
 * @param contextTokens 0 when unknown
 */
public record TargetConfig(
        Target target,
        URI baseUrl,
        String provider,
        Optional<Secret> key,
        UsageHabit usage,
        Optional<String> maxTokensField,
        List<String> drop,
        Set<String> refuses,
        int contextTokens,
        Limits limits,
        Trust trust) {

    /**
     * Whom to talk to, and how.
     *
     * @param localOnly nothing is sent unless the other end has a loopback or private address
     * @param ca file with the certificates to trust instead of the system's, PEM
     * @param proxy the HTTP proxy on the way; an edge never has one
     */
    public record Trust(boolean localOnly, Optional<String> ca, Optional<URI> proxy) {}

    /** How an upstream tells usage in a stream. */
    public enum UsageHabit {
        ASK,
        ALWAYS,
        NEVER
    }
}
