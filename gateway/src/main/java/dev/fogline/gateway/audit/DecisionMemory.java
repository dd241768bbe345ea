package dev.fogline.gateway.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/** The last decisions, for looking one up by the id in a response header. */
public final class DecisionMemory {
    private static final int KEPT = 10_000;

    private final Cache<String, ExchangeRecord> records =
            Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();

    public void keep(ExchangeRecord exchange) {
        records.put(exchange.id(), exchange);
    }

    public Optional<ExchangeRecord> find(String id) {
        return Optional.ofNullable(records.getIfPresent(id));
    }
}
