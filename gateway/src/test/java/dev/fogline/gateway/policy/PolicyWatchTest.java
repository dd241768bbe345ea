package dev.fogline.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fogline.policies.Policy;
import dev.fogline.policies.file.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the policy in force does when its file changes, however it changes, and when another comes by another way. */
class PolicyWatchTest {
    private static final String FIRST = "version: 1\nname: first\n";
    private static final String SECOND = "version: 1\nname: other\n";

    @TempDir
    Path folder;

    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> inForce = new ArrayList<>();
    private Path file;
    private PolicyRevisions revisions;
    private PolicyWatch watch;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("policy.yaml"), FIRST);
        watch(file);
    }

    private void watch(Path path) {
        inForce.clear();
        var policyFile = new PolicyFile(path);
        var first = new Revision(Policy.load("first", FIRST), FIRST, path.toString(), Instant.EPOCH);
        revisions = new PolicyRevisions(
                first,
                Optional.of(policyFile),
                Policy::load,
                () -> Instant.EPOCH,
                now -> inForce.add(now.policy().name()));
        watch = new PolicyWatch(policyFile, FIRST, revisions, failures::incrementAndGet);
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    @Test
    void a_file_that_stays_as_it_is_changes_nothing() {
        look(3);
        assertThat(inForce).containsExactly("first");
    }

    @Test
    void new_content_of_the_same_length_is_in_force_once_it_reads_the_same_twice() throws IOException {
        var times = Files.getLastModifiedTime(file);
        Files.writeString(file, SECOND);
        Files.setLastModifiedTime(file, times);
        look(1);
        assertThat(revisions.get().name()).isEqualTo("first");
        look(1);
        assertThat(revisions.get().name()).isEqualTo("other");
        assertThat(revisions.current().source()).isEqualTo(file.toString());
    }

    @Test
    void half_a_file_that_is_a_good_policy_is_not_taken_while_it_is_written() throws IOException {
        String whole = SECOND + "rules:\n  - { id: stays, when: request.stream, egress: deny }\n";
        Files.writeString(file, SECOND);
        look(1);
        Files.writeString(file, whole);
        look(2);
        assertThat(inForce).containsExactly("first", "other");
        assertThat(revisions.current().document()).isEqualTo(whole);
    }

    @Test
    void another_file_under_the_same_name_is_noticed() throws IOException {
        Path draft = Files.writeString(folder.resolve("draft"), SECOND);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        look(2);
        assertThat(revisions.get().name()).isEqualTo("other");
    }

    @Test
    void the_swap_of_a_config_maps_link_is_noticed() throws IOException {
        // As Kubernetes mounts it: policy.yaml -> ..data/policy.yaml, ..data -> a folder of its own for each version.
        Path mount = Files.createDirectory(folder.resolve("mount"));
        Files.writeString(Files.createDirectory(mount.resolve("..1")).resolve("policy.yaml"), FIRST);
        Files.writeString(Files.createDirectory(mount.resolve("..2")).resolve("policy.yaml"), SECOND);
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Path mounted = Files.createSymbolicLink(mount.resolve("policy.yaml"), Path.of("..data/policy.yaml"));
        watch.close();
        watch(mounted);
        look(2);
        assertThat(inForce).containsExactly("first");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        look(2);
        assertThat(inForce).containsExactly("first", "other");
    }

    @Test
    void a_bad_file_keeps_the_policy_and_is_told_once_with_its_place() throws IOException {
        Files.writeString(file, "version: 1\nname: x\nrulez: []\n");
        look(5);
        assertThat(inForce).containsExactly("first");
        assertThat(failures).hasValue(1);
        assertThat(watch.failure().orElseThrow()).contains(file + " line 3", "rulez");
        Files.writeString(file, SECOND);
        look(2);
        assertThat(inForce).containsExactly("first", "other");
        assertThat(watch.failure()).isEmpty();
    }

    @Test
    void a_file_that_is_gone_or_no_text_keeps_the_policy() throws IOException {
        Files.delete(file);
        look(2);
        assertThat(watch.failure().orElseThrow()).contains("cannot be read");
        Files.write(file, new byte[] {'a', (byte) 0xff});
        look(2);
        assertThat(watch.failure().orElseThrow()).contains("UTF-8");
        Files.writeString(file, "#".repeat(2 << 20));
        look(2);
        assertThat(watch.failure().orElseThrow()).contains("longer");
        assertThat(failures).hasValue(3);
        Files.writeString(file, FIRST);
        look(2);
        assertThat(watch.failure()).isEmpty();
        assertThat(inForce).containsExactly("first");
    }

    @Test
    void what_was_put_holds_until_the_file_changes() throws Exception {
        revisions.put(SECOND, false);
        look(3);
        assertThat(revisions.current().source()).isEqualTo("put");
        assertThat(revisions.saved(revisions.current())).isFalse();
        Files.writeString(file, "version: 1\nname: third\n");
        look(2);
        assertThat(inForce).containsExactly("first", "other", "third");
        assertThat(revisions.saved(revisions.current())).isTrue();
    }

    @Test
    void what_was_put_and_saved_is_in_the_file_with_its_permissions() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        revisions.put(SECOND, true);
        look(3);
        assertThat(file).hasContent(SECOND);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(inForce).containsExactly("first", "other");
        assertThat(revisions.current().source()).isEqualTo(file.toString());
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void a_file_that_it_extends_is_followed_too() throws IOException {
        Path base = Files.writeString(folder.resolve("base.yaml"), FIRST);
        Files.writeString(file, "version: 1\nname: mine\nextends: base.yaml\n");
        look(2);
        // It has to read the same twice as well.
        assertThat(revisions.get().name()).isEqualTo("first");
        look(1);
        assertThat(revisions.get().name()).isEqualTo("mine");
        String before = revisions.current().id();
        Files.writeString(base, FIRST + "cost: { max-output: 77 }\n");
        look(1);
        assertThat(revisions.current().id()).isEqualTo(before);
        look(1);
        assertThat(revisions.get().maxOutputTokens()).isEqualTo(77);
        assertThat(revisions.current().id()).isNotEqualTo(before);
        assertThat(revisions.saved(revisions.current())).isTrue();

        Files.writeString(base, "version: 1\nname: x\nrulez: []\n");
        look(5);
        assertThat(failures).hasValue(1);
        assertThat(watch.failure().orElseThrow()).contains("base.yaml line 3");
        Files.delete(base);
        look(5);
        assertThat(watch.failure().orElseThrow()).contains("policy.yaml line 3", "cannot be read");
        Files.writeString(base, FIRST + "cost: { max-output: 78 }\n");
        look(2);
        assertThat(watch.failure()).isEmpty();
        assertThat(revisions.get().maxOutputTokens()).isEqualTo(78);
        assertThat(inForce).containsExactly("first", "mine", "mine", "mine");
    }

    @Test
    void the_files_that_the_first_policy_extends_are_followed_from_the_start() throws IOException {
        Path base = Files.writeString(folder.resolve("base.yaml"), FIRST);
        String mine = Files.readString(Files.writeString(file, "version: 1\nname: mine\nextends: base.yaml\n"));
        Policy read = Policy.load(file.toString(), mine);
        // Between the reading of the configuration and the first look.
        Files.writeString(base, FIRST + "cost: { max-output: 77 }\n");
        for (String at : List.of("before", "after")) {
            watch.close();
            inForce.clear();
            var policyFile = new PolicyFile(file);
            if (at.equals("after")) {
                read = Policy.load(file.toString(), mine);
            }
            revisions = new PolicyRevisions(
                    new Revision(read, mine, file.toString(), Instant.EPOCH),
                    Optional.of(policyFile),
                    Policy::load,
                    () -> Instant.EPOCH,
                    now -> inForce.add(now.policy().name()));
            watch = new PolicyWatch(policyFile, mine, revisions, failures::incrementAndGet);
            look(3);
            assertThat(revisions.get().maxOutputTokens()).as(at).isEqualTo(77);
            assertThat(inForce).as(at).hasSize(at.equals("before") ? 2 : 1);
        }
        Files.writeString(base, FIRST + "cost: { max-output: 78 }\n");
        look(2);
        assertThat(revisions.get().maxOutputTokens()).isEqualTo(78);
    }

    @Test
    void what_is_put_may_extend_packs_and_files_beside_the_policy_file_and_no_others() throws Exception {
        Files.writeString(folder.resolve("base.yaml"), FIRST + "cost: { max-output: 77 }\n");
        Files.createDirectory(folder.resolve("in"));
        Files.writeString(folder.resolve("in/deep.yaml"), "version: 1\nname: d\nextends: ../base.yaml\n");
        for (String below : List.of("base.yaml", "in/deep.yaml")) {
            revisions.put("version: 1\nname: put\nextends: " + below + "\n", false);
            assertThat(revisions.get().maxOutputTokens()).isEqualTo(77);
        }
        revisions.put("version: 1\nname: put\nextends: clinic\n", false);
        assertThat(revisions.get().headers()).containsExactly("x-department");
        for (String outside : List.of("../base.yaml", "/etc/base.yaml", "in/../../base.yaml")) {
            assertThatThrownBy(() -> revisions.put("version: 1\nname: put\nextends: " + outside + "\n", false))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageContaining("put line 3")
                    .hasMessageContaining("outside the folder of the policy file");
        }
    }

    @Test
    void without_a_policy_file_what_is_put_extends_packs_alone() throws Exception {
        revisions = new PolicyRevisions(
                new Revision(Policy.builtIn(), "", "pack:balanced", Instant.EPOCH),
                Optional.empty(),
                Policy::load,
                () -> Instant.EPOCH,
                now -> {});
        assertThat(revisions.saved(revisions.current())).isTrue();
        assertThatThrownBy(() -> revisions.put("version: 1\nname: put\nextends: base.yaml\n", false))
                .hasMessageContaining("there is no policy file that it could stand beside");
        revisions.put("version: 1\nname: put\nextends: school\n", false);
        assertThat(revisions.get().headers()).containsExactly("x-role");
        assertThat(revisions.saved(revisions.current())).isFalse();
        assertThatThrownBy(() -> revisions.put("version: 1\nname: x\n", true))
                .isInstanceOf(PolicyRevisions.NotSavedException.class);
    }

    @Test
    void what_is_wrong_or_cannot_be_saved_changes_nothing() throws IOException {
        assertThatThrownBy(() -> revisions.put("version: 2\nname: x\n", true)).isInstanceOf(InvalidFileException.class);
        assertThat(file).hasContent(FIRST);
        Files.delete(file);
        assertThatThrownBy(() -> revisions.put(SECOND, true)).isInstanceOf(PolicyRevisions.NotSavedException.class);
        assertThat(inForce).containsExactly("first");
    }

    @Test
    void the_last_sixteen_are_kept_and_can_be_rolled_back_to() throws Exception {
        for (int i = 1; i <= 20; i++) {
            revisions.put("version: 1\nname: n" + i + "\n", false);
        }
        assertThat(revisions.kept()).hasSize(16);
        assertThat(revisions.kept().getFirst()).isEqualTo(revisions.current());
        assertThat(revisions.rollback(Policy.load("first", FIRST).revision(), false))
                .isEmpty();
        Revision before = revisions.kept().get(3);
        assertThat(revisions.rollback(before.id(), false).orElseThrow().policy())
                .isSameAs(before.policy());
        assertThat(revisions.kept())
                .hasSize(16)
                .first()
                .extracting(Revision::id)
                .isEqualTo(before.id());
        assertThat(revisions.current().source()).isEqualTo("rollback");
    }
}
