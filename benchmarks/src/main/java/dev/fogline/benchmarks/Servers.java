package dev.fogline.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The servers that are compared, each with the settings that its own documentation has for a proxy of streams. */
final class Servers {
    static final String TARGET = "cloud/bench";

    private Servers() {}

    /**
     * The gateway as {@code ./fogline up} starts it, with the scripted upstream as its only target, and without the egress
     * audit, whose records {@code AuditBenchmark} measures apart.
     */
    static Server fogline(Path root) {
        return fogline(root, "Fogline", "");
    }

    /** The same with a policy that has values looked for in texts, and not what they are about. */
    static Server foglineWithoutKeyTerms(Path root) {
        return fogline(root, "Fogline, no key terms", "privacy: { detectors: [pii-en, pii-zh, secrets] }");
    }

    /** The same with a policy that has nothing looked for in texts: what all else costs. */
    static Server foglineWithoutDetectors(Path root) {
        return fogline(root, "Fogline, detectors off", "privacy: { detectors: [] }");
    }

    private static Server fogline(Path root, String name, String privacy) {
        return new Server(name, "JDK " + Runtime.version(), (directory, port, upstreamPort) -> {
            Files.writeString(directory.resolve("policy.yaml"), """
                    version: 1
                    name: benchmark
                    extends: balanced
                    %s
                    """.formatted(privacy));
            Path config = Files.writeString(directory.resolve("fogline.yaml"), """
                    version: 1
                    policy: policy.yaml
                    audit: { path: off }
                    targets:
                      - id: %s
                        base-url: http://127.0.0.1:%d/v1
                        context: 100000
                        price: { input: 0.15, output: 0.6, source: benchmark, date: "2026-01-01" }
                    """.formatted(TARGET, upstreamPort));
            return new Server.Launch(
                    java(root, root.resolve("gateway/target/quarkus-app/quarkus-run.jar")),
                    Map.of(
                            "FOGLINE_CONFIG", config.toString(),
                            "FOGLINE_STATE", directory.resolve("state").toString(),
                            "FOGLINE_GATEWAY_PORT", Integer.toString(port),
                            "FOGLINE_OPERATOR_PORT", Integer.toString(RunningServer.freePort())));
        });
    }

    /** java with the flags of deploy/jvm that this JDK knows, as the launcher has it. */
    private static List<String> java(Path root, Path jar) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path flags = root.resolve("deploy/jvm");
        command.add("@" + flags.resolve("flags"));
        try (Stream<Path> files = Files.list(flags)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("flags-[0-9]+"))
                    .filter(name -> Integer.parseInt(name.substring(6))
                            <= Runtime.version().feature())
                    .sorted()
                    .forEach(name -> command.add("@" + flags.resolve(name)));
        }
        Path cache = jar.resolveSibling("app.aot");
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** nginx as a plain proxy: one worker, connections kept on both sides, streams passed on as they come, no access log. */
    static Optional<Server> nginx() {
        return onPath("nginx")
                .map(binary -> new Server(
                        "nginx",
                        firstLine(List.of(binary.toString(), "-v")).replaceAll("^nginx version: ", ""),
                        (directory, port, upstreamPort) -> {
                            Path config = Files.writeString(
                                    directory.resolve("nginx.conf"), """
                            daemon off;
                            master_process off;
                            worker_rlimit_nofile 16384;
                            pid %1$s/pid;
                            error_log stderr error;
                            events { worker_connections 8192; }
                            http {
                              access_log off;
                              client_body_temp_path %1$s/body;
                              proxy_temp_path %1$s/proxy;
                              fastcgi_temp_path %1$s/fastcgi;
                              uwsgi_temp_path %1$s/uwsgi;
                              scgi_temp_path %1$s/scgi;
                              keepalive_requests 100000000;
                              client_body_buffer_size 64k;
                              upstream bench { server 127.0.0.1:%3$d; keepalive 1024; keepalive_requests 100000000; }
                              server {
                                listen 127.0.0.1:%2$d backlog=4096;
                                location / {
                                  proxy_pass http://bench;
                                  proxy_http_version 1.1;
                                  proxy_set_header Connection "";
                                  proxy_buffering off;
                                }
                              }
                            }
                            """.formatted(directory, port, upstreamPort));
                            return new Server.Launch(List.of(binary.toString(), "-c", config.toString()), Map.of());
                        }));
    }

    /**
     * Envoy with one worker.
     *
     * @param given a file, or a name to look for on the path
     */
    static Server envoy(String given) throws IOException {
        Path binary = onPath(given)
                .orElseThrow(
                        () -> new IOException("there is no " + given + " that could be run; see benchmarks/README.md"));
        String version =
                firstLine(List.of(binary.toString(), "--version")).replaceAll(".*/([0-9]+\\.[0-9.]+)/.*", "$1");
        return new Server("Envoy", "Envoy " + version, (directory, port, upstreamPort) -> {
            Path config = Files.writeString(directory.resolve("envoy.yaml"), """
                    static_resources:
                      listeners:
                        - address: { socket_address: { address: 127.0.0.1, port_value: %d } }
                          filter_chains:
                            - filters:
                                - name: envoy.filters.network.http_connection_manager
                                  typed_config:
                                    "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                                    stat_prefix: bench
                                    generate_request_id: false
                                    route_config:
                                      virtual_hosts:
                                        - name: bench
                                          domains: ["*"]
                                          routes:
                                            - match: { prefix: "/" }
                                              route: { cluster: bench, timeout: 0s }
                                    http_filters:
                                      - name: envoy.filters.http.router
                                        typed_config:
                                          "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                      clusters:
                        - name: bench
                          type: STATIC
                          circuit_breakers:
                            thresholds: [{ max_connections: 4096, max_pending_requests: 4096, max_requests: 4096 }]
                          load_assignment:
                            cluster_name: bench
                            endpoints:
                              - lb_endpoints:
                                  - endpoint:
                                      address: { socket_address: { address: 127.0.0.1, port_value: %d } }
                    """.formatted(port, upstreamPort));
            return new Server.Launch(
                    List.of(
                            binary.toString(),
                            "-c",
                            config.toString(),
                            "--concurrency",
                            "1",
                            "--disable-hot-restart",
                            "-l",
                            "error"),
                    Map.of());
        });
    }

    /** Debian has nginx in a directory that is on root's path only. */
    private static Optional<Path> onPath(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                // A name with a directory of its own stays what it is.
                .map(directory -> Path.of(directory).resolve(name).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a tool says of itself; some do so on standard error. */
    static String firstLine(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(5, TimeUnit.SECONDS);
            return said.lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse("?")
                    .strip();
        } catch (IOException e) {
            return "?";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "?";
        }
    }
}
