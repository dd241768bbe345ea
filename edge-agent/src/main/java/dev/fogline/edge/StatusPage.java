package dev.fogline.edge;

import dev.fogline.edge.engine.Engine;
import dev.fogline.edge.engine.EngineStatus;
import dev.fogline.edge.engine.Serving;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What the gateway polls: what this edge can do now. It holds nothing of any request. */
final class StatusPage {
    private final Engine engine;
    private final Admission admission;
    private final ServiceLimits limits;
    private final Speed speed;

    StatusPage(Engine engine, Admission admission, ServiceLimits limits, Speed speed) {
        this.engine = engine;
        this.admission = admission;
        this.limits = limits;
        this.speed = speed;
    }

    JsonObject status() {
        EngineStatus status = engine.status();
        Capabilities capabilities = capabilities(status);
        Admission.Load load = admission.load();
        return new JsonObject()
                .put("version", 1)
                .put("state", limits.draining() ? "restarting" : status.state().label())
                .put("model", status.model())
                .put(
                        "engine",
                        new JsonObject()
                                .put("kind", status.kind().label())
                                .put("supervised", status.supervised())
                                .put("detail", status.detail()))
                .put("slots", new JsonObject().put("total", load.slots()).put("busy", load.running()))
                .put(
                        "queue",
                        new JsonObject()
                                .put("length", load.waiting())
                                .put("capacity", load.capacity())
                                .put("oldest_wait_ms", load.oldestWaitMs()))
                .put("context", capabilities.context())
                .put("max_tokens", capabilities.defaultMaxTokens())
                .put("first_token_ms", tenths(speed.firstTokenMs()))
                .put("tokens_per_second", tenths(speed.tokensPerSecond()))
                .put("memory_bytes", status.memoryBytes())
                .put("logprobs", capabilities.logprobs())
                .put("modalities", new JsonArray(capabilities.modalities()))
                .put("refuses", new JsonArray(capabilities.refuses()))
                .put("restarts", status.restarts())
                .put("last_error", status.lastError());
    }

    /** OpenAI's list; empty while no engine has told what it is. */
    JsonObject models() {
        JsonArray models = new JsonArray();
        String model = engine.status().model();
        if (model != null) {
            models.add(new JsonObject()
                    .put("id", model)
                    .put("object", "model")
                    .put("created", 0)
                    .put("owned_by", "fogline-edge"));
        }
        return new JsonObject().put("object", "list").put("data", models);
    }

    private Capabilities capabilities(EngineStatus status) {
        Serving serving = status.serving();
        return serving == null ? limits.expected() : limits.capabilities(status.kind(), serving);
    }

    private static @Nullable Double tenths(@Nullable Double value) {
        return value == null ? null : Math.round(value * 10) / 10.0;
    }
}
