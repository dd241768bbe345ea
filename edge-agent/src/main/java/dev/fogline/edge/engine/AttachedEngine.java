package dev.fogline.edge.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A model server that somebody else runs. It is asked what it is and what it can do, tried with one generation, and
 * looked at now and then; when it is gone the agent waits for it to come back.
 *
 * <p>What makes the configuration wrong (a public address, a model that this server has elsewhere or not at all) is
 * final: the state is FAILED with a sentence, and {@link #firstVerdict()} tells it to whoever starts.
 */
public final class AttachedEngine implements Engine {
    private static final Logger LOG = Logger.getLogger("fogline.edge");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final long LONGEST_PAUSE_MS = 10_000;

    private final Vertx vertx;
    private final URI root;
    private final @Nullable String wanted;
    private final Duration stall;
    private final Consumer<EngineStatus> onChange;
    private final WebClient web;
    private final EngineClient client;
    private final CompletableFuture<Optional<String>> verdict = new CompletableFuture<>();
    private final Thread thread;
    private volatile EngineStatus status;
    private volatile boolean closed;

    /** The configuration cannot work, now or later. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * @param url of the server, with or without {@code /v1}
     * @param model the name at that server; null takes the first it offers
     * @param stall the longest wait for a sign of life in the first generation, which may have to load the model
     */
    public AttachedEngine(
            Vertx vertx, URI url, @Nullable String model, Duration stall, Consumer<EngineStatus> onChange) {
        this.vertx = vertx;
        this.root = URI.create(url.toString().replaceFirst("/+$", "").replaceFirst("/v1$", ""));
        this.wanted = model;
        this.stall = stall;
        this.onChange = onChange;
        this.web = WebClient.create(
                vertx, new WebClientOptions().setKeepAlive(false).setConnectTimeout(2_000));
        this.client = new EngineClient(vertx, 1, stall);
        this.status = EngineStatus.starting(EngineKind.OPENAI, false, model);
        this.thread = Thread.ofPlatform().name("engine-attach").daemon().unstarted(this::attend);
    }

    @Override
    public EngineStatus status() {
        return status;
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Completes when the server was first reached, or could not be: empty if nothing speaks against it so far. */
    public CompletableFuture<Optional<String>> firstVerdict() {
        return verdict;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        client.close();
        web.close();
    }

    private void attend() {
        long pause = 500;
        try {
            while (!closed) {
                try {
                    attach();
                    pause = 500;
                    watch();
                    publish(status.restarting("the model server is gone"));
                } catch (ExecutionException | TimeoutException | UnknownHostException notNow) {
                    publish(status.waiting(
                            notNow instanceof UnknownHostException
                                    ? "the model server's name is unknown"
                                    : "the model server does not answer as one"));
                }
                verdict.complete(Optional.empty());
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
            }
        } catch (Wrong wrong) {
            String sentence = String.valueOf(wrong.getMessage());
            publish(status.failed(sentence));
            verdict.complete(Optional.of(sentence));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void attach()
            throws Wrong, UnknownHostException, ExecutionException, TimeoutException, InterruptedException {
        InetAddress address = LocalAddress.of(root.getHost())
                .orElseThrow(() -> new Wrong("the engine " + root + " is neither on this machine nor in a private"
                        + " network, and an edge-agent sends prompts nowhere else"));
        EngineProbe probe = new EngineProbe(web, root, address);
        EngineProbe.Identity identity = await(probe.identify(), 15_000);
        String model = choose(await(probe.models(identity.kind()), 5_000));
        status = status.identified(identity.kind(), identity.version()).named(model);
        verdict.complete(Optional.empty());
        Endpoint endpoint = new Endpoint(root, address, null, model);
        Canary.Sight sight = await(
                new Canary(client, System::nanoTime).sing(endpoint, vertx.getOrCreateContext()), stall.toMillis() * 2);
        EngineProbe.Limits limits = await(probe.limits(identity.kind(), model), 5_000);
        publish(status.ready(new Serving(endpoint, limits.context(), limits.slots(), limits.images(), sight)));
    }

    private String choose(List<EngineProbe.Offered> offered) throws Wrong {
        List<String> here = offered.stream()
                .filter(model -> !model.elsewhere())
                .map(EngineProbe.Offered::name)
                .toList();
        if (wanted == null) {
            return here.stream()
                    .findFirst()
                    .orElseThrow(() -> new Wrong("the engine " + root + " offers no model that runs on it"));
        }
        for (EngineProbe.Offered model : offered) {
            if (same(model.name(), wanted)) {
                if (model.elsewhere()) {
                    throw new Wrong("the model " + wanted + " is run by " + root
                            + " on somebody else's machine: that is a cloud, not an edge");
                }
                return model.name();
            }
        }
        throw new Wrong("the engine " + root + " has no model " + wanted + "; it has " + here);
    }

    /** Ollama's names carry a tag, and "latest" may be left out. */
    private static boolean same(String offered, String wanted) {
        String name = offered.toLowerCase(Locale.ROOT);
        String other = wanted.toLowerCase(Locale.ROOT);
        return name.equals(other) || name.equals(other + ":latest");
    }

    /** Returns when nothing listens there any more. Slow is not gone: a long prompt keeps some servers silent. */
    private void watch() throws Wrong, UnknownHostException, InterruptedException {
        while (!closed) {
            Thread.sleep(LOOK_EVERY);
            InetAddress address = LocalAddress.of(root.getHost())
                    .orElseThrow(() -> new Wrong("the engine " + root + " has moved to a public address"));
            try {
                await(new EngineProbe(web, root, address).listens(status.kind()), 5_000);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ConnectException) {
                    return;
                }
            } catch (TimeoutException busy) {
                LOG.debug("the model server is slow to answer");
            }
        }
    }

    private static <T> T await(Future<T> future, long ms)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get(ms, TimeUnit.MILLISECONDS);
    }

    private void publish(EngineStatus next) {
        boolean changed = next.state() != status.state();
        status = next;
        if (changed) {
            onChange.accept(next);
        }
    }
}
