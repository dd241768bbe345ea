package dev.fogline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcTest {

    @Test
    void cpu_time_is_found_behind_any_process_name() {
        String stat = "42 (a) b) 7) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 1 0 99";
        assertThat(RunningServer.cpuNanos(stat)).isEqualTo(2_000_000_000L);
    }

    @Test
    void resident_memory_is_read_in_bytes() {
        assertThat(RunningServer.rssBytes("Name:\tx\nVmHWM:\t   9 kB\nVmRSS:\t    1024 kB\n"))
                .isEqualTo(1 << 20);
    }

    @Test
    void a_list_of_cores_may_hold_ranges() {
        assertThat(Cores.parse("0-2,7")).containsExactly(0, 1, 2, 7);
    }

    @Test
    void what_others_used_is_what_we_did_not() {
        long second = 1_000_000_000L;
        Neighbours before = Neighbours.of(0, "cpu  100 0 100 9000 0 0 0 0 0 0\ncpu0 1\n");
        Neighbours after = Neighbours.of(10 * second, "cpu  900 0 300 9900 0 0 100 50 0 0\ncpu0 1\n");
        Neighbours during = after.since(before);
        assertThat(during.coresBesides(6 * second)).isEqualTo(0.5);
        assertThat(during.coresStolen()).isEqualTo(0.05);
    }
}
