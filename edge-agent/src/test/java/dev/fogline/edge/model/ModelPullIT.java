package dev.fogline.edge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real model and the real engine, over the real network: about 130 MB. */
class ModelPullIT {
    @TempDir
    Path temporary;

    @Test
    void the_default_model_and_engine_are_pulled_whole_and_then_found() throws Exception {
        Machine machine = new Machine(temporary);
        machine.catalogue = Catalogue.load();
        machine.limits = Limits.defaults();
        machine.variables.clear();
        machine.variables.putAll(new HashMap<>(System.getenv()));
        machine.variables.put("FOGLINE_CACHE", machine.cache().toString());

        Machine.Run run = machine.run("pull");
        Machine.Run again = machine.run("pull", "--verify");

        assertThat(run.status()).as(run.err()).isZero();
        Path model = machine.store().find("smollm2-135m").orElseThrow();
        assertThat(Files.size(model)).isGreaterThan(90_000_000);
        assertThat(again.out()).contains("Model smollm2-135m is here", "Engine: ");
        boolean installed = EngineStore.of(machine.cache()).xllamacpp().isPresent();
        assertThat(installed || run.out().contains("llama-server on the PATH")).isTrue();
    }
}
