package dev.fogline.edge.model;

import static dev.fogline.edge.model.Machine.MODEL;
import static dev.fogline.edge.model.Machine.NAME;
import static dev.fogline.edge.model.Machine.PIN_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullFromHubTest {
    private static final String FILE = "models/tiny/Tiny-Q4_K_M.gguf";
    private static final String PART = FILE + ".part";
    private static final String RECORD = "models/tiny/model.json";

    @TempDir
    Path temporary;

    private FakeHub hub;
    private Machine machine;

    @BeforeEach
    void start() {
        hub = new FakeHub().file(PIN_PATH, MODEL);
        machine = new Machine(temporary).with(hub);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void a_model_of_the_catalogue_is_checked_kept_and_found() throws IOException {
        Machine.Run run = machine.run("pull", NAME);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Model tiny is ready", "Q4_K_M", "Apache-2.0", TinyModel.sum(MODEL), "./fogline up");
        assertThat(machine.files()).containsExactly(FILE, RECORD);
        Path found = machine.store().find(NAME).orElseThrow();
        assertThat(Files.readAllBytes(found)).isEqualTo(MODEL);
        assertThat(machine.store().find(found.toString())).contains(found);
        StoredModel record = machine.store().whole(new ModelName(NAME)).orElseThrow();
        assertThat(record.pulled()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(record.source()).isEqualTo("Hugging Face maker/tiny-GGUF/Tiny-Q4_K_M.gguf");
    }

    @Test
    void progress_is_a_plain_line_every_tenth_where_there_is_no_terminal() {
        Machine.Run run = machine.run("pull", NAME);

        assertThat(run.err()).contains("100 %  300.0 kB of 300.0 kB").doesNotContain("\r");
    }

    @Test
    void a_model_that_is_there_is_named_in_one_line_and_nobody_is_asked() {
        machine.run("pull", NAME);
        hub.seen.clear();

        Machine.Run again = machine.run("pull", NAME);

        assertThat(again.status()).isZero();
        assertThat(again.out().lines()).hasSize(1).allMatch(line -> line.startsWith("Model tiny is here"));
        assertThat(hub.seen).isEmpty();
    }

    @Test
    void a_cut_connection_goes_on_where_it_stopped() {
        hub.cuts.set(3);

        Machine.Run run = machine.run("pull", NAME);

        assertThat(run.status()).as(run.err()).isZero();
        // How much of what was sent before a cut arrives is the network's business; each time it must be more.
        assertThat(hub.seen).hasSize(4);
        assertThat(hub.seen.getFirst().range()).isEmpty();
        assertThat(hub.seen.stream().skip(1).map(seen -> start(seen.range().orElseThrow())))
                .isSorted()
                .allMatch(start -> start > 0 && start < MODEL.length)
                .doesNotHaveDuplicates();
        assertThat(hub.seen.get(1).ifRange()).contains("\"one\"");
    }

    @Test
    void what_an_interrupted_pull_left_is_no_model_and_is_where_the_next_goes_on() throws IOException {
        hub.cuts.set(1);
        hub.cutAfter = 120_000;
        hub.refusal = 503;
        hub.refuseRanges = true;

        Machine.Run failed = machine.run("pull", NAME);

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).contains("kept: the next pull goes on there");
        assertThat(machine.files()).containsExactly(PART, PART + ".json");
        assertThat(machine.store().find(NAME)).isEmpty();
        assertThat(machine.run("list").out()).contains("interrupted");

        long part = Files.size(machine.cache().resolve(PART));
        hub.seen.clear();
        hub.refuseRanges = false;
        assertThat(machine.run("pull", NAME).status()).isZero();
        assertThat(hub.seen).extracting(FakeHub.Seen::range).containsExactly(Optional.of("bytes=" + part + "-"));
        assertThat(machine.files()).containsExactly(FILE, RECORD);
    }

    @Test
    void a_server_without_ranges_is_read_from_the_start_again() {
        hub.ranges = false;
        hub.cuts.set(2);

        Machine.Run run = machine.run("pull", NAME);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(hub.seen).hasSize(3);
        assertThat(machine.files()).containsExactly(FILE, RECORD);
    }

    @Test
    void halves_of_two_versions_are_never_joined() throws IOException {
        byte[] newer = TinyModel.bytes(7, 300_000);
        hub.file("/x/some.gguf", MODEL);
        hub.cuts.set(1);
        hub.afterCut = () -> {
            hub.etag = "\"two\"";
            hub.file("/x/some.gguf", newer);
        };

        Machine.Run run = machine.run("pull", hub.address() + "/x/some.gguf");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readAllBytes(machine.store().find("some").orElseThrow()))
                .isEqualTo(newer);
    }

    @Test
    void a_stalled_connection_is_left_and_gone_on_with() {
        hub.stalls.set(1);

        Machine.Run run = machine.run("pull", NAME);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("no data for a while");
        assertThat(hub.seen.get(1).range()).isPresent();
    }

    @Test
    void a_wrong_sum_removes_the_file_and_says_so() {
        byte[] other = MODEL.clone();
        other[1000]++;
        hub.file(PIN_PATH, other);

        Machine.Run run = machine.run("pull", NAME);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("wrong checksum", "the file was removed");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void another_size_than_pinned_is_refused_before_it_is_fetched() {
        hub.file(PIN_PATH, TinyModel.bytes(1, 400_000));

        Machine.Run run = machine.run("pull", NAME);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("the file there has 400.0 kB, expected 300.0 kB");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void an_endless_body_without_a_length_stops_at_the_pinned_size() {
        hub.chunked = true;
        hub.file(PIN_PATH, TinyModel.bytes(1, 5_000_000));

        Machine.Run run = machine.run("pull", NAME);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("sends more than it said");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void a_body_without_a_length_is_taken() {
        hub.chunked = true;
        hub.file("/x/some.gguf", MODEL);

        assertThat(machine.run("pull", NAME).status()).isZero();
        assertThat(machine.run("pull", hub.address() + "/x/some.gguf").status()).isZero();
    }

    @Test
    void a_file_larger_than_the_disk_is_refused_before_it_is_fetched() {
        hub.document("/api/models/a/b/tree/main", "[" + FakeHub.entry("huge.gguf", 1L << 50, "0".repeat(64)) + "]");
        hub.file("/a/b/resolve/main/huge.gguf", MODEL);
        hub.announced = 1L << 50;

        Machine.Run run = machine.run("pull", "a/b");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("not enough disk space");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void a_login_page_is_no_model() {
        hub.file("/x/some.gguf", "<html>please log in</html>".getBytes(StandardCharsets.UTF_8));

        Machine.Run run = machine.run("pull", hub.address() + "/x/some.gguf");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("not a GGUF file");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void too_many_requests_are_waited_out_for_a_while_only() {
        hub.refusals.set(2);
        assertThat(machine.run("pull", NAME).status()).isZero();

        hub.file("/x/some.gguf", MODEL);
        hub.refusals.set(1);
        hub.retryAfter = Optional.of("3600");
        Machine.Run run = machine.run("pull", hub.address() + "/x/some.gguf");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("too many requests (429)");
    }

    @Test
    void what_is_not_there_says_so() {
        Machine.Run file = machine.run("pull", hub.address() + "/x/none.gguf");
        Machine.Run repository = machine.run("pull", "no/body");

        assertThat(file.status()).isEqualTo(1);
        assertThat(file.err()).contains("not found (404)");
        assertThat(repository.status()).isEqualTo(1);
        assertThat(repository.err()).contains("(no/body): not found (404)");
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void the_token_goes_to_the_hub_and_to_nobody_else() {
        try (FakeHub elsewhere = new FakeHub().file("/storage", MODEL)) {
            hub.redirect(PIN_PATH, elsewhere.address() + "/storage");
            machine.variables.put("HF_TOKEN", "hf_secret");

            Machine.Run run = machine.run("pull", NAME);

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(hub.seen.getFirst().authorization()).contains("Bearer hf_secret");
            assertThat(elsewhere.seen.getFirst().authorization()).isEmpty();
            assertThat(run.out() + run.err()).doesNotContain("hf_secret");
        }
    }

    @Test
    void a_redirect_to_plain_http_elsewhere_is_not_followed() {
        hub.redirect(PIN_PATH, "http://192.0.2.1/storage");

        Machine.Run run = machine.run("pull", NAME);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("redirected to an address that is not taken");
    }

    @Test
    void two_pulls_at_once_fetch_it_once() throws Exception {
        hub.stalls.set(1);
        Callable<Machine.Run> pull = () -> machine.run("pull", NAME);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Machine.Run>> runs = both.invokeAll(List.of(pull, pull));
            Machine.Run one = runs.get(0).get();
            Machine.Run two = runs.get(1).get();

            assertThat(one.status() + two.status()).as(one.err() + two.err()).isZero();
            assertThat(one.out() + two.out()).containsOnlyOnce("is ready").containsOnlyOnce("is here");
        }
        assertThat(hub.seen).hasSize(2);
        assertThat(machine.files()).containsExactly(FILE, RECORD);
    }

    @Test
    void a_pull_that_waited_too_long_for_another_gives_up_and_says_why() throws IOException {
        machine.limits = new Limits(
                machine.limits.connect(),
                machine.limits.answer(),
                machine.limits.stall(),
                machine.limits.retryPause(),
                machine.limits.fruitless(),
                Duration.ZERO,
                machine.limits.process());
        Console silent = new Console(System.out, System.err, false, System::nanoTime);
        Attempt<PullLock> other = PullLock.take(machine.cache(), "model-tiny", silent, Duration.ZERO);
        try (PullLock held = ((Attempt.Done<PullLock>) other).value()) {
            Machine.Run run = machine.run("pull", NAME);

            assertThat(held).isNotNull();
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("another pull of the same is still running");
            assertThat(hub.seen).isEmpty();
        }
        assertThat(machine.run("pull", NAME).status()).isZero();
    }

    @Test
    void verify_finds_a_changed_file_and_pulls_it_anew() throws IOException {
        machine.run("pull", NAME);
        Path file = machine.store().find(NAME).orElseThrow();
        byte[] changed = MODEL.clone();
        changed[99_999]++;
        Files.write(file, changed);

        assertThat(machine.run("pull", NAME).out()).contains("is here");
        Machine.Run verified = machine.run("pull", NAME, "--verify");

        assertThat(verified.err()).contains("wrong checksum: the file was changed since it came");
        assertThat(verified.out()).contains("is ready");
        assertThat(Files.readAllBytes(file)).isEqualTo(MODEL);
        assertThat(machine.run("pull", NAME, "--verify").out()).contains("is here");
    }

    @Test
    void a_truncated_file_is_no_model_and_is_pulled_again() throws IOException {
        machine.run("pull", NAME);
        Files.write(machine.store().find(NAME).orElseThrow(), new byte[10]);

        assertThat(machine.store().find(NAME)).isEmpty();
        assertThat(machine.run("list").out()).contains("damaged");
        assertThat(machine.run("pull", NAME).out()).contains("is ready");
    }

    private static long start(String range) {
        return Long.parseLong(range.replaceAll("\\D", ""));
    }
}
