package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real child script with a module in the engine's place. */
class ChildAddressTest {
    @TempDir
    Path library;

    @Test
    void the_address_is_read_even_when_the_engine_has_just_logged_half_a_line() throws Exception {
        Files.writeString(library.resolve("xllamacpp.py"), """
                import os

                class Anything:
                    def __getattr__(self, name):
                        value = Anything()
                        object.__setattr__(self, name, value)
                        return value

                CommonParams = Anything

                class Server:
                    listening_address = "http://127.0.0.1:4711"

                    def __init__(self, params):
                        os.write(2, b"half a line of the log")
                """);
        var plan = new ChildPlan.Xllamacpp("python3", library);
        Child child = Child.start(plan.launch(new EngineSettings("m", library.resolve("m.gguf"), 1, 16, 1, 1), "key"));
        try {
            assertThat(child.address().get(20, TimeUnit.SECONDS)).hasToString("http://127.0.0.1:4711");
        } finally {
            child.end();
        }
    }
}
