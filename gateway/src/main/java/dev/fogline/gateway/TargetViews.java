package dev.fogline.gateway;

import dev.fogline.gateway.admin.TargetsResource.PriceView;
import dev.fogline.gateway.admin.TargetsResource.TargetView;
import dev.fogline.gateway.config.TargetConfig;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Target;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The fleet as operators see it. */
final class TargetViews {
    private TargetViews() {}

    static List<TargetView> of(Gateway gateway) {
        return gateway.fleet().snapshot().candidates().stream()
                .map(candidate -> view(gateway, candidate))
                .toList();
    }

    private static TargetView view(Gateway gateway, Candidate candidate) {
        Target target = candidate.target();
        TargetLink link = gateway.link(target);
        TargetConfig config = link.config();
        return new TargetView(
                target.id(),
                target.tier().label(),
                target.model(),
                config.baseUrl().toString(),
                candidate.status().availability().name().toLowerCase(Locale.ROOT),
                candidate.status().contextTokens(),
                new TreeSet<>(candidate.status().refuses()),
                candidate.status().queueFill(),
                link.limit().inFlight(),
                target.price()
                        .map(price -> new PriceView(
                                price.input(), price.output(), price.cachedInput(), price.source(), price.date()))
                        .orElse(null),
                config.key().isPresent());
    }
}
