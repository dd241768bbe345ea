package dev.fogline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The first seconds of fuzzing, on every build; {@code LongFuzz} goes on with what a request's and a stream's code covers. */
class FuzzProperties {
    @Example
    void the_seeds_themselves_are_taken() throws Exception {
        for (String seed : FuzzSeeds.REQUESTS) {
            assertThat(RequestFuzz.holds(seed.getBytes(StandardCharsets.UTF_8)))
                    .as(seed)
                    .isTrue();
        }
        for (String seed : FuzzSeeds.STREAMS) {
            StreamFuzz.holds(seed.getBytes(StandardCharsets.UTF_8), true, 1);
            StreamFuzz.holds(seed.getBytes(StandardCharsets.UTF_8), false, 2);
        }
    }

    @Example
    void a_number_beyond_all_bounds_goes_on_as_it_stands() throws Exception {
        String body = "{\"model\":\"auto\",\"vendor\":1.5e399999999999999999999,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        assertThat(RequestFuzz.holds(body.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @Example
    void an_event_that_ends_without_a_blank_line_keeps_to_itself() {
        var answer = new StreamedAnswer(false);
        answer.accept(Buffer.buffer("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n"));
        assertThat(answer.end()).isTrue();
        assertThat(answer.take().toString()).endsWith("]}\n\ndata: [DONE]\n\n");
    }

    @Property(tries = 10_000)
    void whatever_comes_as_a_request_is_refused_or_edited_only_where_asked(@ForAll long seed) throws Exception {
        RequestFuzz.holds(new Mutation(seed, FuzzSeeds.REQUESTS).next());
    }

    @Property(tries = 10_000)
    void whatever_comes_as_a_stream_is_relayed_event_by_event(@ForAll long seed, @ForAll boolean relayUsage) {
        StreamFuzz.holds(new Mutation(seed, FuzzSeeds.STREAMS).next(), relayUsage, seed);
    }
}
