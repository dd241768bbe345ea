package dev.fogline.edge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildTest {
    @Test
    void the_guard_passes_on_the_exit_code_and_what_is_known_of_the_output() throws Exception {
        Child child = start("echo 'E load: error loading model: x'; exit 139");
        int code = child.exit().get(10, TimeUnit.SECONDS);
        child.outputRead().get(10, TimeUnit.SECONDS);
        assertThat(child.epitaph(code)).isEqualTo("SIGSEGV: the engine crashed (error loading model)");
        assertThat(child.alive()).isFalse();
    }

    @Test
    void the_engine_behind_the_guard_dies_when_its_input_ends() throws Exception {
        Child child = start("echo READY http://127.0.0.1:1; exec sleep 1000");
        child.address().get(10, TimeUnit.SECONDS);
        List<ProcessHandle> started = allOf(child);

        child.end();

        for (ProcessHandle process : started) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void an_engine_does_not_inherit_keys() throws Exception {
        Child child = Child.start(new Launch(
                ChildPlan.guarded(List.of(
                        "sh",
                        "-c",
                        "env | cut -d= -f1 | grep -v -E '"
                                + String.join(
                                        "|",
                                        List.of(
                                                "^PATH$",
                                                "^HOME$",
                                                "^LANG$",
                                                "^LC_",
                                                "^TMPDIR$",
                                                "^LD_LIB",
                                                "^PYENV",
                                                "^CUDA",
                                                "^PWD$",
                                                "^OLDPWD$",
                                                "^SHLVL$",
                                                "^_$",
                                                "^MINE$"))
                                + "' && exit 3; exit 4")),
                Map.of("MINE", "1"),
                0));
        assertThat(child.exit().get(10, TimeUnit.SECONDS)).isEqualTo(4);
    }

    /** The guard, the engine and the two that watch the input, which may come up after the engine has spoken. */
    private static List<ProcessHandle> allOf(Child child) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        List<ProcessHandle> started = child.processes();
        while (started.size() < 4) {
            assertThat(System.nanoTime()).as("only %s started", started).isLessThan(end);
            Thread.sleep(5);
            started = child.processes();
        }
        return started;
    }

    private static Child start(String script) throws IOException {
        return Child.start(new Launch(ChildPlan.guarded(List.of("sh", "-c", script)), Map.of(), 0));
    }
}
