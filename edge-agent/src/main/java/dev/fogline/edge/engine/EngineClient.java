package dev.fogline.edge.engine;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;

/**
 * Opens calls to the engine. Connections are not kept: llama-server closes idle ones after five seconds, and a call
 * that meets the closing would fail for no reason. No proxy is ever used: none is configured here, and Vert.x does not
 * look at the environment.
 */
public final class EngineClient implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 2_000;

    private final HttpClient http;
    private final Duration stall;

    /**
     * @param calls the most calls at the same time; more are the caller's mistake and fail
     * @param stall the longest wait without a byte from the engine; llama-server sends a comment every 30 s
     */
    public EngineClient(Vertx vertx, int calls, Duration stall) {
        this.stall = stall;
        http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setKeepAlive(false)
                        .setConnectTimeout(CONNECT_TIMEOUT_MS)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(calls).setMaxWaitQueueSize(calls));
    }

    /** A call that has not been opened yet, confined to this context. */
    public EngineCall call(Endpoint endpoint, Context context) {
        return new EngineCall(http, endpoint, context, stall);
    }

    @Override
    public void close() {
        http.close();
    }
}
