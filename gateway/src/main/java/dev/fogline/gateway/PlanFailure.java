package dev.fogline.gateway;

import dev.fogline.gateway.api.Failure;
import dev.fogline.gateway.upstream.UpstreamFailure;
import java.util.List;
import java.util.OptionalInt;

/** What the failures of all targets of a plan mean for the client: 502 before 503 before 429. */
final class PlanFailure {
    private PlanFailure() {}

    static Failure of(List<UpstreamFailure> failures) {
        List<Failure> all = failures.stream().map(PlanFailure::of).toList();
        return all.stream()
                .filter(failure -> failure.status() == 502)
                .findFirst()
                .or(() ->
                        all.stream().filter(failure -> failure.status() == 503).findFirst())
                .orElseGet(all::getLast);
    }

    private static Failure of(UpstreamFailure failure) {
        return switch (failure) {
            case UpstreamFailure.Refused refused ->
                new Failure.NoTarget("no permitted target took the request: " + refused.cause());
            case UpstreamFailure.Full full ->
                new Failure.NoTarget("every permitted target has as many requests as it may have");
            case UpstreamFailure.Late late ->
                new Failure.UpstreamFailed("the target was too slow: no " + late.limit() + " in time");
            case UpstreamFailure.Reset reset -> new Failure.UpstreamFailed("the target broke the connection");
            case UpstreamFailure.BadStatus bad -> new Failure.UpstreamFailed("the target answered " + bad.status());
            case UpstreamFailure.Rejected rejected ->
                new Failure.UpstreamRejected("the target refused our credentials, account or address with "
                        + rejected.status() + "; the operator can see which under /admin/v1/targets");
            case UpstreamFailure.RateLimited limited ->
                new Failure.RateLimited(
                        "every permitted target is busy",
                        limited.retryAfterSeconds().isPresent() ? limited.retryAfterSeconds() : OptionalInt.of(1));
            case UpstreamFailure.Foreign foreign ->
                new Failure.UpstreamFailed("the target's answer is no chat answer: " + foreign.what());
            case UpstreamFailure.Unmasked unmasked ->
                new Failure.NoTarget("what is private in the request could not be masked for the target that is left");
            case UpstreamFailure.Unaudited unaudited ->
                new Failure.NoTarget("what leaves for a cloud cannot be recorded at present, so nothing leaves;"
                        + " the operator can see why under /health");
            case UpstreamFailure.Cancelled cancelled -> new Failure.ClientGone();
        };
    }
}
