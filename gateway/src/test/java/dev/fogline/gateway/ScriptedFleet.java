package dev.fogline.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A scripted edge-agent and a scripted cloud for the Quarkus application under test, and its configuration. */
public final class ScriptedFleet implements QuarkusTestResourceLifecycleManager {
    /** The same as without a policy file. */
    static final String POLICY = "version: 1\nname: test\n";

    /** The setting that says where it is. */
    static final String POLICY_FILE = "fogline.test.policy";

    private static final String PORT = "fogline.test.port";

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedUpstream edge = new ScriptedUpstream(vertx);
    private final ScriptedUpstream cloud = new ScriptedUpstream(vertx);

    static int port() {
        return org.eclipse.microprofile.config.ConfigProvider.getConfig().getValue(PORT, Integer.class);
    }

    @Override
    public Map<String, String> start() {
        int port = FreePort.next();
        try {
            Path folder = Files.createTempDirectory("fogline");
            Path key = Files.writeString(folder.resolve("key"), "secret-1\n");
            Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
            Path file = Files.writeString(
                    folder.resolve("fogline.yaml"), """
                    version: 1
                    port: %d
                    policy: policy.yaml
                    decision-log: decisions.jsonl
                    audit: { path: audit }
                    targets:
                      - id: edge/small
                        base-url: http://127.0.0.1:%d/v1
                      - id: cloud/large
                        base-url: http://127.0.0.1:%d/v1
                        key-file: %s
                    """.formatted(port, edge.port(), cloud.port(), key));
            return Map.of(
                    "fogline.config", file.toString(), PORT, Integer.toString(port), POLICY_FILE, policy.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        edge.close();
        cloud.close();
        Blocking.get(vertx.close());
    }
}
