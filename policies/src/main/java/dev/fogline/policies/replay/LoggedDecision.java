package dev.fogline.policies.replay;

import dev.fogline.policies.Availability;
import dev.fogline.policies.Candidate;
import dev.fogline.policies.Decision;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Price;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.TargetStatus;
import dev.fogline.policies.Usage;
import dev.fogline.policies.latency.LatencyEstimate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of the decision log: all that a policy saw of a request and of the fleet, what it decided, and how the exchange
 * ended. It holds no content, and no word that a caller chose.
 *
 * @param v version of this format, {@link #VERSION}
 * @param id the exchange's id, as in the response header
 * @param at when it was decided, ISO 8601
 * @param policy revision that decided
 * @param fleet every target as it was seen then
 */
public record LoggedDecision(
        int v,
        String id,
        String at,
        String policy,
        LoggedFacts facts,
        List<Seen> fleet,
        Moment moment,
        Made decision,
        @Nullable End outcome) {
    public static final int VERSION = 1;

    private static final Map<Enum<?>, String> WORDS = new ConcurrentHashMap<>();

    /** The moment that was put into words last: under load many lines have the same. */
    private record Said(long epochMillis, String text) {}

    private static volatile Said said = new Said(0, Instant.EPOCH.toString());

    /** Not a published price: only its numbers are logged. */
    private static final String LOGGED = "log";

    /**
     * A target at that instant.
     *
     * @param availability in lower case
     * @param latency null when unknown
     * @param price null when unknown
     * @param tokenRatio null in logs of earlier versions: as estimated
     * @param region null when unknown
     * @param licence null when unknown
     */
    public record Seen(
            String target,
            String availability,
            int context,
            Set<String> refuses,
            double queueFill,
            @Nullable Speed latency,
            @Nullable Dollars price,
            @Nullable Double tokenRatio,
            @Nullable String region,
            @Nullable String licence) {

        static Seen of(Candidate candidate) {
            TargetStatus status = candidate.status();
            LatencyEstimate latency = status.latency();
            return new Seen(
                    candidate.target().id(),
                    word(status.availability()),
                    status.contextTokens(),
                    status.refuses().isEmpty() ? Set.of() : new TreeSet<>(status.refuses()),
                    status.queueFill(),
                    latency.known() ? Speed.of(latency) : null,
                    candidate
                            .target()
                            .price()
                            .map(price -> new Dollars(price.input(), price.output(), price.cachedInput()))
                            .orElse(null),
                    status.tokenRatio(),
                    candidate.target().region().orElse(null),
                    candidate.target().licence().orElse(null));
        }

        Candidate candidate() {
            return new Candidate(
                    new Target(
                            target,
                            target,
                            Optional.ofNullable(price).map(Dollars::price),
                            Optional.ofNullable(region),
                            Optional.ofNullable(licence)),
                    new TargetStatus(
                            constant(Availability.class, availability),
                            context,
                            refuses,
                            queueFill,
                            latency == null ? LatencyEstimate.UNKNOWN : latency.estimate(),
                            tokenRatio == null ? 1 : tokenRatio));
        }
    }

    /** See {@link LatencyEstimate}; {@code perTokenMs} is null when unknown. */
    public record Speed(
            double ttftMs, double spread, @Nullable Double perTokenMs, long samples, long ageMs) {
        static Speed of(LatencyEstimate estimate) {
            return new Speed(
                    estimate.ttftMs(),
                    estimate.spread(),
                    estimate.perTokenMs() >= 0 ? estimate.perTokenMs() : null,
                    estimate.samples(),
                    estimate.ageMs());
        }

        LatencyEstimate estimate() {
            return new LatencyEstimate(ttftMs, spread, perTokenMs == null ? Double.NaN : perTokenMs, samples, ageMs);
        }
    }

    /** US dollars per million tokens. */
    public record Dollars(
            double input, double output, @Nullable Double cachedInput) {
        Price price() {
            return new Price(input, output, cachedInput, LOGGED, LOGGED);
        }
    }

    /**
     * What the decision took in beside the request and the fleet.
     *
     * @param committedUsd spent and held back of the day until then, by whatever policy
     * @param now to the millisecond, ISO 8601; null in logs of earlier versions: when it was decided
     */
    public record Moment(
            boolean budgetExhausted,
            double draw,
            double committedUsd,
            @Nullable String now) {
        public static Moment of(Situation situation, double committedUsd) {
            return new Moment(
                    situation.budgetExhausted(),
                    situation.draw(),
                    committedUsd,
                    moment(situation.now().toEpochMilli()));
        }
    }

    /**
     * The decision.
     *
     * @param plan in the order of trying; empty when refused
     * @param refusal why nothing could serve, null when something could
     * @param rules those whose condition held
     * @param failedRules those whose condition could not be evaluated
     */
    public record Made(
            List<String> plan,
            @Nullable String refusal,
            String reason,
            String egress,
            List<String> rules,
            List<String> failedRules,
            List<Against> objections) {

        static Made of(Decision decision) {
            var plan = new ArrayList<String>();
            if (decision instanceof Decision.Route route) {
                route.plan().forEach(target -> plan.add(target.id()));
            }
            var objections = new ArrayList<Against>();
            decision.objections()
                    .forEach(one -> objections.add(
                            new Against(one.target(), one.reason().label())));
            return new Made(
                    plan,
                    decision instanceof Decision.Refuse refuse ? word(refuse.refusal()) : null,
                    decision.reason().label(),
                    word(decision.ruling().egress()),
                    decision.ruling().matched(),
                    decision.ruling().failed(),
                    objections);
        }
    }

    /** Something stood against a target. */
    public record Against(String target, String reason) {}

    /**
     * How it ended.
     *
     * @param target null when none was tried
     * @param attempts each target tried, with the result, in order
     */
    public record End(
            @Nullable String target,
            @Nullable String tier,
            String outcome,
            String reason,
            List<Try> attempts,
            @Nullable Double firstTokenMs,
            double totalMs,
            @Nullable Usage usage,
            @Nullable Double costUsd) {}

    /** One attempt. */
    public record Try(String target, String result) {}

    /** The fleet as the log holds it. */
    public static List<Seen> fleet(FleetSnapshot fleet) {
        var seen = new ArrayList<Seen>(fleet.candidates().size());
        fleet.candidates().forEach(candidate -> seen.add(Seen.of(candidate)));
        return seen;
    }

    public static Made made(Decision decision) {
        return Made.of(decision);
    }

    FleetSnapshot snapshot() {
        return new FleetSnapshot(fleet.stream().map(Seen::candidate).toList());
    }

    static String word(Enum<?> constant) {
        // Asked first: computeIfAbsent may lock, and nearly all are there.
        String known = WORDS.get(constant);
        return known != null
                ? known
                : WORDS.computeIfAbsent(constant, one -> one.name().toLowerCase(Locale.ROOT));
    }

    /** ISO 8601, to the millisecond. */
    public static String moment(long epochMillis) {
        Said last = said;
        if (last.epochMillis != epochMillis) {
            last = new Said(epochMillis, Instant.ofEpochMilli(epochMillis).toString());
            said = last;
        }
        return last.text;
    }

    static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
