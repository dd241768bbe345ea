package dev.fogline.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.gateway.audit.DecisionTrace.End;
import dev.fogline.gateway.audit.ExchangeRecord.Attempt;
import dev.fogline.policies.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionMemoryTest {
    private final DecisionMemory memory = new DecisionMemory("my_refused"::equals);

    private DecisionTrace kept(String id) {
        DecisionTrace trace = DecisionLogTest.trace(id);
        memory.keep(trace);
        return trace;
    }

    private static End end(Attempt... attempts) {
        return new End("failover", List.of(attempts), null, "success", null, 12.5, new Usage(7, 8, 2), 0.25);
    }

    @Test
    void a_decision_is_found_by_its_id_before_its_exchange_ends() {
        kept("one");
        kept("two");
        assertThat(memory.find("one")).hasValueSatisfying(found -> {
            assertThat(found.id()).isEqualTo("one");
            assertThat(found.reason()).isEqualTo("privacy");
            assertThat(found.plan()).containsExactly("edge/a");
            assertThat(found.findings()).containsEntry("email", 2);
            assertThat(found.features()).containsExactly("my_refused");
            assertThat(found.outcome()).isNull();
            assertThat(found.totalMs()).isNull();
            assertThat(found.attempts()).isEmpty();
        });
        assertThat(memory.find("on")).isEmpty();
        assertThat(memory.find("")).isEmpty();
    }

    @Test
    void how_an_exchange_ended_is_remembered_whole() {
        kept("one").ended(end(new Attempt("edge/a", "success", 3.5)));
        assertThat(memory.find("one")).hasValueSatisfying(found -> {
            assertThat(found.reason()).isEqualTo("failover");
            assertThat(found.attempts()).containsExactly(new Attempt("edge/a", "success", 3.5));
            assertThat(found.outcome()).isEqualTo("success");
            assertThat(found.firstTokenMs()).isNull();
            assertThat(found.totalMs()).isEqualTo(12.5);
            assertThat(found.usage()).isEqualTo(new Usage(7, 8, 2));
            assertThat(found.costUsd()).isEqualTo(0.25);
        });
    }

    @Test
    void two_attempts_and_none_are_remembered_too() {
        var two = List.of(new Attempt("edge/a", "reset", 1), new Attempt("cloud/b", "success", 2));
        kept("two").ended(end(two.get(0), two.get(1)));
        kept("none").ended(end());
        assertThat(memory.find("two").orElseThrow().attempts()).isEqualTo(two);
        assertThat(memory.find("none").orElseThrow().attempts()).isEmpty();
    }

    @Test
    void the_last_1024_are_kept_and_an_older_one_that_ends_late_changes_none_of_them() {
        DecisionTrace late = kept("late");
        for (int i = 0; i < DecisionMemory.KEPT; i++) {
            kept("later-" + i + "-with-an-id-that-is-longer-than-those-of-ours");
        }
        late.ended(end(new Attempt("edge/a", "reset", 1)));
        assertThat(memory.find("late")).isEmpty();
        String taken = "later-" + (DecisionMemory.KEPT - 1) + "-with-an-id-that-is-longer-than-those-of-ours";
        assertThat(memory.find(taken))
                .hasValueSatisfying(found -> assertThat(found.outcome()).isNull());
    }

    @Test
    void a_number_below_zero_is_one_like_any_other() {
        var place = new RememberedDecision();
        DecisionTrace trace = DecisionLogTest.trace("one");
        place.decided(Integer.MIN_VALUE, trace);
        trace.ended(end(new Attempt("edge/a", "success", 1)));
        assertThat(place.view("one", feature -> false))
                .hasValueSatisfying(found -> assertThat(found.outcome()).isEqualTo("success"));
        assertThat(new RememberedDecision().view("", feature -> false)).isEmpty();
    }

    @Test
    void of_two_decisions_about_one_exchange_the_newer_is_found() {
        kept("one").ended(end(new Attempt("edge/a", "reset", 1)));
        kept("one");
        assertThat(memory.find("one").orElseThrow().outcome()).isNull();
    }
}
