package dev.fogline.gateway.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fogline.gateway.config.TargetConfig.UsageHabit;
import dev.fogline.policies.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a provider: data in {@code presets.yaml}, never code.
 *
 * @param keyVariable the environment variable that its own documentation names
 * @param model the model that {@code --cloud NAME} takes
 */
record Preset(
        @JsonProperty(required = true) String baseUrl,
        @JsonProperty(required = true) String keyVariable,
        @JsonProperty(required = true) String model,
        @JsonProperty(required = true) String provider,
        @Nullable UsageHabit usage,
        @Nullable String maxTokensField,
        @Nullable List<String> drop,
        @Nullable Integer context,
        @Nullable Price price) {}
