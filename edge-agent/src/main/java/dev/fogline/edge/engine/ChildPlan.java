package dev.fogline.edge.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A way to run an engine as a child of this process. */
sealed interface ChildPlan {

    EngineKind kind();

    /** Version or build. */
    String detail();

    Launch launch(EngineSettings settings, String key) throws IOException;

    /** A llama-server of somebody else's: flags it does not know are left out. */
    record LlamaServer(Path binary, LlamaServerFlags flags) implements ChildPlan {

        @Override
        public EngineKind kind() {
            return EngineKind.LLAMA_SERVER;
        }

        @Override
        public String detail() {
            return flags.version();
        }

        @Override
        public Launch launch(EngineSettings settings, String key) throws IOException {
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(binary.toString()));
            command.addAll(flags.arguments(settings, port));
            return new Launch(guarded(command), Map.of("LLAMA_API_KEY", key), port);
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
                return socket.getLocalPort();
            }
        }
    }

    /** The llama-server inside the Python package xllamacpp. */
    record Xllamacpp(String python, Path library) implements ChildPlan {

        @Override
        public EngineKind kind() {
            return EngineKind.XLLAMACPP;
        }

        /** The package counts 2026.10.11549, its last part being llama.cpp's build. */
        @Override
        public String detail() {
            String name = String.valueOf(library.getFileName());
            return "b" + name.substring(name.lastIndexOf('.') + 1);
        }

        @Override
        public Launch launch(EngineSettings settings, String key) {
            String values = new JsonObject()
                    .put("library", library.toString())
                    .put("model", settings.file().toString())
                    .put("alias", settings.model())
                    .put("context", settings.slots() * settings.context())
                    .put("slots", settings.slots())
                    .put("cache_ram_mib", settings.cacheRamMib())
                    .put("threads", settings.threads())
                    .put("key", key)
                    .encode();
            // -I: neither the user's packages nor PYTHON* variables nor the current folder reach the child.
            List<String> command = List.of(
                    python,
                    "-I",
                    "-B",
                    "-u",
                    "-X",
                    "utf8",
                    "-c",
                    resource("xllamacpp_child.py"),
                    "fogline-engine",
                    settings.model());
            return new Launch(guarded(command), Map.of("FOGLINE_ENGINE", values), 0);
        }
    }

    /** The same command, killed when its standard input ends. */
    static List<String> guarded(List<String> engine) {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", resource("engine_guard.sh"), "fogline-engine-guard"));
        command.addAll(engine);
        return command;
    }

    private static String resource(String name) {
        try (InputStream in = ChildPlan.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the application");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
