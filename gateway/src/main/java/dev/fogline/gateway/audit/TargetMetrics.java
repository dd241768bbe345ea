package dev.fogline.gateway.audit;

import dev.fogline.policies.Target;
import dev.fogline.policies.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/**
 * What attempts at one target cost, under OpenTelemetry's GenAI names with {@code tier} and {@code target} added: this is
 * what compares the tiers. Meters are looked up once for each response model and error.
 */
public final class TargetMetrics {
    /** Names that upstreams give their models are not ours to bound; further ones share a label. */
    private static final int MAX_RESPONSE_MODELS = 8;

    private static final Duration[] DURATION =
            seconds(.01, .02, .04, .08, .16, .32, .64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    private static final Duration[] FIRST_TOKEN =
            seconds(.001, .005, .01, .02, .04, .06, .08, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10);
    private static final Duration[] PER_TOKEN = seconds(.01, .025, .05, .075, .1, .15, .2, .3, .4, .5, .75, 1, 2.5);
    private static final double[] TOKENS = LongStream.iterate(1, n -> n <= 67_108_864, n -> n * 4)
            .asDoubleStream()
            .toArray();

    private final MeterRegistry registry;
    private final Tags common;
    private final Tags place;
    private final Counter repeats;
    private final Counter cachedInput;
    private final DistributionSummary holdBackBytes;
    private final Timer holdBackTime;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Map<String, Counter> attempts = new ConcurrentHashMap<>();

    TargetMetrics(MeterRegistry registry, Target target, String provider) {
        this.registry = registry;
        this.place = Tags.of("tier", target.tier().label(), "target", target.id());
        this.common = place.and(
                "gen_ai_operation_name",
                "chat",
                "gen_ai_provider_name",
                provider,
                "gen_ai_request_model",
                target.model());
        this.repeats = Counter.builder("fogline.repeats")
                .description("Requests sent again because a kept connection turned out to be closed")
                .tags(place)
                .register(registry);
        this.cachedInput = Counter.builder("fogline.cached.input.tokens")
                .description("Input tokens that the target says it had cached")
                .tags(place)
                .register(registry);
        this.holdBackBytes = DistributionSummary.builder("fogline.restore.holdback.bytes")
                .description("Text of a streamed answer that waited for the rest of a placeholder")
                .tags(place)
                .serviceLevelObjectives(4, 8, 16, 32, 64)
                .register(registry);
        this.holdBackTime = Timer.builder("fogline.restore.holdback")
                .description("How long it waited")
                .tags(place)
                .serviceLevelObjectives(FIRST_TOKEN)
                .register(registry);
        attempt("success", 0);
        restored(0, 0, 0);
    }

    /** An attempt ended; {@code result} is success or an upstream failure's label. */
    public void attempt(String result) {
        attempt(result, 1);
    }

    /** A kept connection turned out to be closed, and the request was sent again on another. */
    public void repeated() {
        repeats.increment();
    }

    /**
     * What was put back into an answer.
     *
     * @param unresolved what looks like a placeholder and is none of the request's
     * @param logprobs chunks or choices whose probabilities were taken out
     */
    public void restored(int resolved, int unresolved, int logprobs) {
        count("fogline.placeholders.restored", "Placeholders in answers that became values again", resolved);
        count(
                "fogline.placeholders.unresolved",
                "What looks like a placeholder in answers and is none: altered, made up or cut off",
                unresolved);
        count(
                "fogline.logprobs.removed",
                "Choices and chunks whose token probabilities were taken out, because their text was restored",
                logprobs);
    }

    private void count(String name, String description, int by) {
        attempts.computeIfAbsent(
                        name,
                        key -> Counter.builder(name)
                                .description(description)
                                .tags(place)
                                .register(registry))
                .increment(by);
    }

    /** Text of a streamed answer waited until it was clear whether it is a placeholder. */
    public void heldBack(int bytes, long nanos) {
        holdBackBytes.record(bytes);
        holdBackTime.record(Duration.ofNanos(nanos));
    }

    private void attempt(String result, double by) {
        attempts.computeIfAbsent(
                        result,
                        key -> Counter.builder("fogline.attempts")
                                .description("Attempts at a target by result")
                                .tags(place.and("result", result))
                                .register(registry))
                .increment(by);
    }

    /**
     * How long an attempt took, from sending to the end of its answer.
     *
     * @param errorType empty for a whole answer
     */
    public void duration(String responseModel, String errorType, long nanos) {
        String model = bounded(responseModel);
        durations
                .computeIfAbsent(
                        model + '\n' + errorType,
                        key -> Timer.builder("gen_ai.client.operation.duration")
                                .description("Time of one attempt at a target")
                                .tags(common.and("gen_ai_response_model", model, "error_type", errorType))
                                .serviceLevelObjectives(DURATION)
                                .register(registry))
                .record(Duration.ofNanos(nanos));
    }

    /** Time from sending to the first non-empty piece of a streamed answer. */
    public void firstToken(String responseModel, long nanos) {
        answer(responseModel).firstToken.record(Duration.ofNanos(nanos));
    }

    /** Tokens of an answer; and for a streamed one, the time between them. */
    public void usage(String responseModel, Usage usage, Optional<Duration> generating) {
        Answer answer = answer(responseModel);
        answer.input.record((double) usage.inputTokens());
        answer.output.record((double) usage.outputTokens());
        cachedInput.increment((double) usage.cachedInputTokens());
        if (usage.outputTokens() > 1) {
            generating.ifPresent(time -> answer.perToken.record(time.dividedBy(usage.outputTokens() - 1)));
        }
    }

    private Answer answer(String responseModel) {
        return answers.computeIfAbsent(bounded(responseModel), Answer::new);
    }

    private String bounded(String responseModel) {
        String shortened = responseModel.length() > 96 ? "other" : responseModel;
        return answers.containsKey(shortened) || answers.size() < MAX_RESPONSE_MODELS ? shortened : "other";
    }

    private final class Answer {
        private final Timer firstToken;
        private final Timer perToken;
        private final DistributionSummary input;
        private final DistributionSummary output;

        Answer(String model) {
            Tags tags = common.and("gen_ai_response_model", model);
            firstToken = Timer.builder("gen_ai.server.time_to_first_token")
                    .description("Time to the first non-empty piece of a streamed answer")
                    .tags(tags)
                    .serviceLevelObjectives(FIRST_TOKEN)
                    .register(registry);
            perToken = Timer.builder("gen_ai.server.time_per_output_token")
                    .description("Time between two tokens of a streamed answer after the first")
                    .tags(tags)
                    .serviceLevelObjectives(PER_TOKEN)
                    .register(registry);
            input = tokens(tags.and("gen_ai_token_type", "input"));
            output = tokens(tags.and("gen_ai_token_type", "output"));
        }

        private DistributionSummary tokens(Tags tags) {
            return DistributionSummary.builder("gen_ai.client.token.usage")
                    .description("Tokens of one exchange as the upstream counts them")
                    .tags(tags)
                    .serviceLevelObjectives(TOKENS)
                    .register(registry);
        }
    }

    private static Duration[] seconds(double... bounds) {
        return Arrays.stream(bounds)
                .mapToObj(bound -> Duration.ofNanos(Math.round(bound * 1e9)))
                .toArray(Duration[]::new);
    }
}
