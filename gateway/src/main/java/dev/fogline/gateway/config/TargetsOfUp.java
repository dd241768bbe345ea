package dev.fogline.gateway.config;

import dev.fogline.gateway.config.ConfigFile.TargetEntry;
import dev.fogline.policies.Price;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The targets that {@code ./fogline up} started or chose, which the gateway knows by variables. */
final class TargetsOfUp {
    private final Environment environment;
    private final TargetReader reader;

    TargetsOfUp(Environment environment, TargetReader reader) {
        this.environment = environment;
        this.reader = reader;
    }

    /** The edge-agent beside the gateway. */
    TargetConfig localEdge() {
        String name = environment.value("FOGLINE_EDGE_MODEL").orElse("smollm2-135m");
        String url = "http://127.0.0.1:" + environment.port("FOGLINE_AGENT_PORT", 8081) + "/v1";
        String token = environment.value("FOGLINE_AGENT_TOKEN").isPresent() ? "${FOGLINE_AGENT_TOKEN}" : null;
        return reader.target("the built-in configuration", entry("edge/" + idPart(name), null, url, name, token, null));
    }

    /** The provider of {@code --cloud NAME}. */
    Optional<TargetConfig> chosenCloud() {
        return environment.value("FOGLINE_CLOUD").map(name -> {
            Preset preset = Presets.named("the variable FOGLINE_CLOUD (./fogline up --cloud)", name);
            String id = "cloud/" + idPart(preset.model());
            return reader.target("./fogline up --cloud " + name, entry(id, name, null, null, null, null));
        });
    }

    /** The small process that plays a cloud; its price list lets the cost side of things be seen. */
    Optional<TargetConfig> standIn() {
        return environment.value("FOGLINE_STAND_IN_URL").map(url -> {
            StandIn standIn = Texts.yaml("stand-in.yaml", Texts.resource("/stand-in.yaml"), StandIn.class);
            return reader.target("the stand-in cloud", entry("cloud/stand-in", null, url, "stand-in", null, standIn));
        });
    }

    /** Model servers have names that an id cannot hold, such as {@code name@q8_0}. */
    private static String idPart(String model) {
        return model.replaceAll("[^A-Za-z0-9._:/-]", "-");
    }

    private record StandIn(Price price, int context) {}

    private static TargetEntry entry(
            String id,
            @Nullable String preset,
            @Nullable String url,
            @Nullable String model,
            @Nullable String key,
            @Nullable StandIn standIn) {
        return new TargetEntry(
                id,
                preset,
                url,
                model,
                key,
                null,
                null,
                null,
                null,
                null,
                standIn == null ? null : standIn.context(),
                standIn == null ? null : standIn.price(),
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
