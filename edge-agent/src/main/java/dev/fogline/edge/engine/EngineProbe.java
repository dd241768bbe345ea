package dev.fogline.edge.engine;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks a running model server what it is, which models it offers and what it says about one of them. */
final class EngineProbe {
    private static final long TIMEOUT_MS = 3_000;

    private final WebClient web;
    private final URI root;
    private final InetAddress address;

    /** @param version empty when it does not tell */
    record Identity(EngineKind kind, String version) {}

    /** @param elsewhere the server only passes requests for it on to another machine */
    record Offered(String name, boolean elsewhere) {}

    /** What it tells of a model; null where it does not. */
    record Limits(@Nullable Integer context, @Nullable Integer slots, boolean images) {
        static final Limits UNKNOWN = new Limits(null, null, false);
    }

    EngineProbe(WebClient web, URI root, InetAddress address) {
        this.web = web;
        this.root = root;
        this.address = address;
    }

    /** Fails when nothing there speaks any API that is known. */
    Future<Identity> identify() {
        return get("/api/version")
                .map(json -> new Identity(EngineKind.OLLAMA, text(json, "version")))
                .recover(no -> get("/v1/models").map(EngineProbe::byOwner))
                .compose(identity -> switch (identity.kind()) {
                    case LLAMA_SERVER ->
                        get("/props")
                                .map(props -> new Identity(identity.kind(), text(props, "build_info")))
                                .otherwise(identity);
                    case VLLM ->
                        get("/version")
                                .map(json -> new Identity(identity.kind(), text(json, "version")))
                                .otherwise(identity);
                    case OPENAI ->
                        get("/api/v0/models")
                                .map(json -> new Identity(EngineKind.LM_STUDIO, ""))
                                .otherwise(identity);
                    default -> Future.succeededFuture(identity);
                });
    }

    private static Identity byOwner(JsonObject models) {
        String owner = objects(models, "data").stream()
                .map(model -> text(model, "owned_by"))
                .findFirst()
                .orElse("");
        return new Identity(
                switch (owner) {
                    case "llamacpp" -> EngineKind.LLAMA_SERVER;
                    case "vllm" -> EngineKind.VLLM;
                    default -> EngineKind.OPENAI;
                },
                "");
    }

    /** In the server's order. */
    Future<List<Offered>> models(EngineKind kind) {
        if (kind == EngineKind.OLLAMA) {
            return get("/api/tags")
                    .map(json -> objects(json, "models").stream()
                            .map(model -> new Offered(text(model, "name"), elsewhere(model)))
                            .toList());
        }
        return get("/v1/models")
                .map(json -> objects(json, "data").stream()
                        .map(model -> new Offered(text(model, "id"), false))
                        .toList());
    }

    private static boolean elsewhere(JsonObject model) {
        return !text(model, "remote_host").isEmpty()
                || !text(model, "remote_model").isEmpty()
                || text(model, "name").toLowerCase(Locale.ROOT).endsWith("cloud");
    }

    /** Best asked after a generation: Ollama tells the context of loaded models only. */
    Future<Limits> limits(EngineKind kind, String model) {
        Future<Limits> limits = switch (kind) {
            case LLAMA_SERVER, XLLAMACPP ->
                get("/props")
                        .map(props -> new Limits(
                                positive(props.getJsonObject("default_generation_settings"), "n_ctx"),
                                positive(props, "total_slots"),
                                flag(props.getJsonObject("modalities"), "vision")));
            case OLLAMA -> get("/api/ps").map(json -> context(json, "models", "name", model, "context_length"));
            case VLLM -> get("/v1/models").map(json -> context(json, "data", "id", model, "max_model_len"));
            case LM_STUDIO ->
                get("/api/v0/models").map(json -> context(json, "data", "id", model, "loaded_context_length"));
            case OPENAI -> Future.succeededFuture(Limits.UNKNOWN);
        };
        return limits.otherwise(Limits.UNKNOWN);
    }

    private static Limits context(JsonObject json, String list, String key, String model, String field) {
        return objects(json, list).stream()
                .filter(entry -> text(entry, key).equals(model))
                .map(entry -> new Limits(positive(entry, field), null, false))
                .findFirst()
                .orElse(Limits.UNKNOWN);
    }

    /** Completes with true when it answers, whatever it answers; fails when there is no connection. */
    Future<Boolean> listens(EngineKind kind) {
        return send(kind == EngineKind.OLLAMA ? "/api/version" : "/v1/models", response -> true);
    }

    private Future<JsonObject> get(String path) {
        return send(path, response -> {
            JsonObject json = response.statusCode() == 200 ? response.bodyAsJsonObject() : null;
            if (json == null) {
                throw new DecodeException("no JSON object there");
            }
            return json;
        });
    }

    private <T> Future<T> send(String path, Function<HttpResponse<Buffer>, T> read) {
        Endpoint endpoint = new Endpoint(root, address, null, "");
        return web.request(HttpMethod.GET, endpoint.request(HttpMethod.GET, path))
                .timeout(TIMEOUT_MS)
                .followRedirects(false)
                .send()
                .map(read);
    }

    private static List<JsonObject> objects(JsonObject json, String field) {
        List<JsonObject> found = new ArrayList<>();
        if (json.getValue(field) instanceof JsonArray array) {
            for (Object entry : array) {
                if (entry instanceof JsonObject object) {
                    found.add(object);
                }
            }
        }
        return found;
    }

    private static String text(JsonObject json, String field) {
        return json.getValue(field) instanceof String text ? text : "";
    }

    private static @Nullable Integer positive(@Nullable JsonObject json, String field) {
        return json != null && json.getValue(field) instanceof Number number && number.intValue() > 0
                ? number.intValue()
                : null;
    }

    private static boolean flag(@Nullable JsonObject json, String field) {
        return json != null && Boolean.TRUE.equals(json.getValue(field));
    }
}
