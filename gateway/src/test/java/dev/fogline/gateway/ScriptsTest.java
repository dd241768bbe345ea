package dev.fogline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts as such, and the signals that the launcher gets. */
class ScriptsTest {
    private static final String UP = "Ctrl-C ends all of it.";

    @TempDir
    Path directory;

    private @Nullable FakeMachine started;

    @AfterEach
    void stop() throws Exception {
        if (started != null) {
            started.stop();
        }
    }

    @Test
    void shellcheck_has_nothing_to_say_of_the_scripts() throws Exception {
        assertThat(RunningFogline.ROOT.resolve("fogline")).content().startsWith("#!/bin/sh\n");
        assumeThat(RunningFogline.has("shellcheck"))
                .as("shellcheck is not installed here (Debian: apt-get install shellcheck)")
                .isTrue();
        assertThat(RunningFogline.run(List.of(), "sh", "-c", "shellcheck " + scripts()))
                .isBlank();
    }

    private static String scripts() throws IOException {
        try (Stream<Path> fakes = Files.list(Path.of("src/test/resources/launcher"))) {
            return "fogline deploy/jvm/start deploy/compose/credentials "
                    + fakes.map(fake -> "gateway/" + fake).sorted().collect(Collectors.joining(" "));
        }
    }

    /** Whoever starts this test may ignore INT, and whatever is started inherits that. */
    @Test
    void int_ends_every_child_like_the_other_signals() throws Exception {
        assumeThat(RunningFogline.run(List.of(), "sh", "-c", "env --default-signal=INT echo yes"))
                .as("this env cannot give a process its signals back")
                .isEqualToIgnoringNewLines("yes");
        FakeMachine machine = machine();
        Process launcher = machine.startBy(List.of("env", "--default-signal=INT", "/bin/sh"), "up");
        machine.awaitOutput(UP);
        long gateway = machine.pid("gateway");
        FakeMachine.signal("INT", launcher.pid());
        machine.await(() -> !launcher.isAlive(), "the launcher to end");
        assertThat(launcher.exitValue()).isEqualTo(130);
        assertThat(FakeMachine.alive(gateway)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_child_that_ignores_term_is_killed_after_ten_seconds_or_at_a_second_signal(boolean second) throws Exception {
        FakeMachine machine = machine();
        machine.tell("gateway.stubborn", "");
        Process launcher = machine.start("up");
        machine.awaitOutput(UP);
        long gateway = machine.pid("gateway");
        long agent = machine.pid("edge-agent");
        FakeMachine.signal("TERM", launcher.pid());
        machine.await(() -> !FakeMachine.alive(agent), "the others to end");
        assertThat(FakeMachine.alive(gateway)).isTrue();
        assertThat(launcher.isAlive()).isTrue();
        if (second) {
            FakeMachine.signal("TERM", launcher.pid());
        }
        machine.await(() -> !launcher.isAlive(), "the launcher to end");
        assertThat(FakeMachine.alive(gateway)).isFalse();
    }

    private FakeMachine machine() throws IOException {
        FakeMachine machine = new FakeMachine(directory);
        started = machine;
        return machine;
    }
}
