package dev.fogline.gateway.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fogline.gateway.config.TargetConfig.UsageHabit;
import dev.fogline.policies.Price;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shape of {@code fogline.yaml}, as it is written. */
record ConfigFile(
        @JsonProperty(required = true) int version,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String operatorHost,
        @Nullable Integer operatorPort,
        @Nullable String policy,
        @Nullable List<KeyEntry> keys,
        @Nullable List<String> hosts,
        @Nullable CorsEntry cors,
        @Nullable List<TargetEntry> targets,
        @Nullable LinkedHashMap<String, String> aliases) {

    record KeyEntry(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String sha256) {}

    record CorsEntry(@Nullable List<String> origins) {}

    record TargetEntry(
            @JsonProperty(required = true) String id,
            @Nullable String preset,
            @Nullable String baseUrl,
            @Nullable String model,
            @Nullable String key,
            @Nullable String keyFile,
            @Nullable UsageHabit usage,
            @Nullable String maxTokensField,
            @Nullable List<String> drop,
            @Nullable Set<String> refuses,
            @Nullable Integer context,
            @Nullable Price price,
            @Nullable LimitsEntry limits,
            @Nullable String ca,
            @Nullable String plaintext,
            @Nullable String trustAsEdge) {}

    record LimitsEntry(
            @Nullable Duration connect,
            @Nullable Duration firstEvent,
            @Nullable Duration idle,
            @Nullable Duration streamTotal,
            @Nullable Duration total,
            @Nullable Integer concurrent) {}
}
