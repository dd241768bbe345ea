package dev.fogline.policies.replay;

import static dev.fogline.policies.replay.LoggedDecision.word;

import dev.fogline.policies.Asked;
import dev.fogline.policies.BudgetRule;
import dev.fogline.policies.Decision;
import dev.fogline.policies.Egress;
import dev.fogline.policies.FleetSnapshot;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Reason;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.RoutingPolicy;
import dev.fogline.policies.RoutingPolicy.Answer;
import dev.fogline.policies.Situation;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.privacy.Content;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import dev.fogline.policies.replay.LoggedDecision.Against;
import dev.fogline.policies.replay.LoggedDecision.Seen;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What another policy would have decided about logged requests. Each is decided again from the facts, the fleet and the
 * moment of then; the day's spending is what it was, plus what the candidate would have spent more or less until there.
 *
 * <p>A request <em>may leave</em> when some cloud target is permitted for it: nothing but health, load, ability or an
 * exhausted budget stands against it. It would <em>newly leave</em> when it may under the candidate and might not under the
 * policy that decided then, and also when
 * something of it would leave readable that left masked, or not at all.
 *
 * <p>A condition that asks for what is not logged (a header's value that is no word of the policy of then, a made-up name of
 * a model) and that nobody asked then is undecidable if it makes a difference whether it held; for the rest of the report it
 * is taken not to have held.
 *
 * <p>Records come in the order of their time. One thread.
 */
public final class Replay {
    /** What no waiting changes, see {@code RoutingPolicy}. */
    private static final Set<String> FORBIDS = Stream.of(Reason.PINNED, Reason.PREFERENCE, Reason.PRIVACY, Reason.COST)
            .map(Reason::label)
            .collect(Collectors.toSet());

    private static final String REFUSED = "refused";

    /** More findings than any rule counts. */
    private static final int MANY = 100_000;

    private final Policy candidate;
    private final List<Asked> asked;
    private final Tally before = new Tally();
    private final Tally after = new Tally();
    private final Map<String, Long> revisions = new TreeMap<>();
    private final Map<String, Long> moved = new HashMap<>();
    private final Map<String, long[]> leaving = new TreeMap<>();
    private final Map<String, Double> moreSpent = new HashMap<>();
    private LoggedFacts.@Nullable Ran lastRan;
    private Set<FindingKind> lastUnknown = Set.of();
    private long records;
    private long changed;
    private long undecidable;
    private long exhaustedBefore;
    private long exhaustedAfter;

    public Replay(Policy candidate) {
        this.candidate = candidate;
        this.asked = candidate.asked();
    }

    /**
     * @param file what the log is called in messages
     * @param number of the line, from 1
     * @throws InvalidFileException when the line is none of the decision log
     */
    public void line(String file, long number, String line) {
        LoggedDecision record = DecisionLines.read(file, number, line);
        try {
            add(record);
        } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException | DateTimeException e) {
            // A kind, a tier or a number that there is none of; the values are not quoted.
            throw DecisionLines.wrong(file, number, "this holds a value that no decision has");
        }
    }

    void add(LoggedDecision record) {
        Map<FindingKind, Integer> found = record.facts().found(candidate.detectors());
        RequestFacts facts = record.facts().under(candidate, record.facts().content(candidate.detectors(), found));
        FleetSnapshot fleet = record.snapshot();
        String day = record.at().substring(0, 10);
        double committed = record.moment().committedUsd() + moreSpent.getOrDefault(day, 0.0);
        var then = new Then(fleet, record.moment().draw(), now(record));
        RoutingPolicy policy = answered(record.facts(), false);
        Decision now = decide(policy, facts, then, committed);
        records++;
        revisions.merge(record.policy(), 1L, Long::sum);

        String first = record.decision().plan().isEmpty()
                ? null
                : record.decision().plan().getFirst();
        String next = plan(now).isEmpty() ? null : plan(now).getFirst();
        if (!plan(now).equals(record.decision().plan()) || !refusal(now).equals(refusal(record))) {
            changed++;
        }
        if (first == null ? next != null : !first.equals(next)) {
            moved.merge((first == null ? REFUSED : first) + " -> " + (next == null ? REFUSED : next), 1L, Long::sum);
        }
        double spentBefore = before.add(record, first);
        double spentAfter = after.add(record, next);
        moreSpent.merge(day, spentAfter - spentBefore, Double::sum);
        if (record.moment().budgetExhausted()) {
            exhaustedBefore++;
        }
        if (exhausted(now)) {
            exhaustedAfter++;
        }
        leaves(record, facts, policy, then, now);
    }

    /** What surrounded a decision. */
    private record Then(FleetSnapshot fleet, double draw, Instant now) {
        Situation situation(boolean exhausted, double pressure) {
            return new Situation(exhausted, pressure, draw, now);
        }
    }

    private static Instant now(LoggedDecision record) {
        String now = record.moment().now();
        return Instant.parse(now == null ? record.at() : now);
    }

    /** The candidate with what is known of its conditions; those of which nothing is known hold, or do not. */
    private RoutingPolicy answered(LoggedFacts facts, boolean unknownHold) {
        var answers = new ArrayList<Answer>(asked.size());
        boolean any = false;
        for (Asked condition : asked) {
            Answer answer = facts.answer(condition).orElse(unknownHold ? Answer.HELD : Answer.NOT_HELD);
            any |= answer != Answer.ASK;
            answers.add(answer);
        }
        return any ? candidate.routing().answered(answers) : candidate.routing();
    }

    private boolean allKnown(LoggedFacts facts) {
        return asked.stream().allMatch(condition -> facts.answer(condition).isPresent());
    }

    private double pressure(double committed) {
        double limit = candidate.budget().map(BudgetRule::usdPerDay).orElse(Double.POSITIVE_INFINITY);
        return limit == 0 ? 1 : Math.clamp(committed / limit, 0, 1);
    }

    private Decision decide(RoutingPolicy policy, RequestFacts facts, Then then, double committed) {
        double left =
                candidate.budget().map(rule -> rule.usdPerDay() - committed).orElse(Double.POSITIVE_INFINITY);
        double pressure = pressure(committed);
        Decision decision = policy.decide(facts, then.fleet, then.situation(left <= 0, pressure));
        // As the gateway does: what cannot be held back is decided about once more, without money.
        if (left > 0 && decision instanceof Decision.Route route) {
            Target first = route.plan().getFirst();
            var worst = policy.worstCaseUsd(facts, first, tokenRatio(then.fleet, first));
            if (first.tier() == Tier.CLOUD && worst.isPresent() && worst.getAsDouble() > left) {
                return policy.decide(facts, then.fleet, then.situation(true, pressure));
            }
        }
        return decision;
    }

    private static double tokenRatio(FleetSnapshot fleet, Target target) {
        return fleet.candidates().stream()
                .filter(one -> one.target().equals(target))
                .findFirst()
                .map(one -> one.status().tokenRatio())
                .orElse(1.0);
    }

    private static boolean exhausted(Decision decision) {
        return decision.objections().stream().anyMatch(one -> one.reason() == Reason.BUDGET);
    }

    /**
     * What leaves of a request.
     *
     * @param readable kinds that no placeholder stands for; empty when nothing leaves
     */
    private record Leaves(boolean any, Set<FindingKind> readable) {
        static Leaves of(boolean any, boolean masked, Set<FindingKind> found, Set<FindingKind> kinds) {
            var readable = new HashSet<FindingKind>();
            if (any) {
                readable.addAll(found);
            }
            if (masked) {
                readable.removeAll(kinds);
            }
            return new Leaves(any, readable);
        }

        /** What the candidate's detectors do not find any more leaves readable. */
        static Leaves of(LoggedDecision record, RequestFacts facts, FleetSnapshot fleet, Decision decision) {
            return of(
                    mayLeave(fleet, decision),
                    decision.ruling().egress() == Egress.PSEUDONYMISE,
                    record.facts().all().keySet(),
                    facts.masking().kinds());
        }

        static Leaves of(LoggedDecision record) {
            return of(
                    mayLeave(
                            record.fleet().stream().map(Seen::target),
                            record.decision().objections()),
                    record.decision().egress().equals(word(Egress.PSEUDONYMISE)),
                    record.facts().all().keySet(),
                    record.facts().kindsMasked());
        }

        boolean noMoreThan(Leaves other) {
            return !any || (other.any && other.readable.containsAll(readable));
        }
    }

    private void leaves(LoggedDecision record, RequestFacts facts, RoutingPolicy policy, Then then, Decision now) {
        Leaves leaves = Leaves.of(record, facts, then.fleet, now);
        boolean unclear =
                conditionsDiffer(record, facts, then, leaves) || couldDiffer(record, facts, policy, then, leaves.any);
        if (unclear) {
            undecidable++;
        }
        if (unclear || !leaves.noMoreThan(Leaves.of(record))) {
            long[] counts = leaving.computeIfAbsent(classOf(record), name -> new long[2]);
            counts[0]++;
            counts[1] += unclear ? 1 : 0;
        }
    }

    /** Whether a condition on what is not logged would make a difference. Rules only take away. */
    private boolean conditionsDiffer(LoggedDecision record, RequestFacts facts, Then then, Leaves leaves) {
        return leaves.any
                && !allKnown(record.facts())
                && !leaves.equals(Leaves.of(
                        record,
                        facts,
                        then.fleet,
                        answered(record.facts(), true)
                                .decide(
                                        facts,
                                        then.fleet,
                                        then.situation(
                                                false, pressure(record.moment().committedUsd())))));
    }

    /** Whether something that nobody looked for then would make a difference now. */
    private boolean couldDiffer(
            LoggedDecision record, RequestFacts facts, RoutingPolicy policy, Then then, boolean may) {
        return possible(record.facts(), facts.content())
                .anyMatch(content -> may
                        != mayLeave(
                                then.fleet,
                                policy.decide(
                                        record.facts().under(candidate, content),
                                        then.fleet,
                                        then.situation(
                                                false, pressure(record.moment().committedUsd())))));
    }

    private Set<FindingKind> unknown(LoggedFacts.Ran ran) {
        if (!ran.equals(lastRan)) {
            lastRan = ran;
            lastUnknown = LoggedFacts.unknown(candidate.detectors(), ran);
        }
        return lastUnknown;
    }

    /** What the request may have held beside what was found: all that nobody looked for, once and often, and each alone. */
    private Stream<Content> possible(LoggedFacts then, Content found) {
        List<FindingKind> missing = then.notLookedFor(candidate.detectors(), unknown(then.ran()));
        Stream<Content> more = missing.isEmpty()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(with(found, missing, 1), with(found, missing, MANY)),
                        missing.stream().map(kind -> with(found, List.of(kind), 1)));
        if (candidate.detectors().knewSubjects(then.detectors())) {
            return more;
        }
        Set<Subject> every = EnumSet.allOf(Subject.class);
        return Stream.concat(
                Stream.concat(more, Stream.of(with(found, missing, MANY).about(every))),
                every.stream().map(subject -> found.about(Set.of(subject))));
    }

    private static Content with(Content found, List<FindingKind> more, int times) {
        var findings = new EnumMap<FindingKind, Integer>(FindingKind.class);
        findings.putAll(found.findings());
        more.forEach(kind -> findings.put(kind, times));
        return new Content(findings, found.values(), found.custom(), found.subjects());
    }

    private static boolean mayLeave(FleetSnapshot fleet, Decision decision) {
        return mayLeave(
                fleet.candidates().stream().map(candidate -> candidate.target().id()),
                decision.objections().stream()
                        .map(one -> new Against(one.target(), one.reason().label()))
                        .toList());
    }

    private static boolean mayLeave(Stream<String> targets, List<Against> objections) {
        return targets.filter(target -> target.startsWith(Tier.CLOUD.label() + "/"))
                .anyMatch(target -> objections.stream()
                        .noneMatch(one -> one.target().equals(target) && FORBIDS.contains(one.reason())));
    }

    private static String classOf(LoggedDecision record) {
        Set<String> kinds = record.facts().findings().keySet();
        Set<Subject> about = record.facts().about();
        return record.facts().sensitivity() + ": "
                + (kinds.isEmpty() ? "nothing found" : String.join(", ", new TreeSet<>(kinds)))
                + (about.isEmpty()
                        ? ""
                        : ", about " + about.stream().sorted().map(Subject::id).collect(Collectors.joining(" and ")));
    }

    private static List<String> plan(Decision decision) {
        return decision instanceof Decision.Route route
                ? route.plan().stream().map(Target::id).toList()
                : List.of();
    }

    private static String refusal(Decision decision) {
        return decision instanceof Decision.Refuse refuse ? word(refuse.refusal()) : "";
    }

    private static String refusal(LoggedDecision record) {
        return Objects.requireNonNullElse(record.decision().refusal(), "");
    }

    public ReplayReport report() {
        return new ReplayReport(
                candidate.name(),
                candidate.revision(),
                records,
                revisions,
                changed,
                moved.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(entry -> new ReplayReport.Moved(entry.getKey(), entry.getValue()))
                        .toList(),
                before.tiers(records),
                after.tiers(records),
                new ReplayReport.Budget(
                        candidate.budget().map(BudgetRule::usdPerDay).orElse(null),
                        exhaustedBefore,
                        exhaustedAfter,
                        before.usd(),
                        after.usd()),
                undecidable,
                leaving.entrySet().stream()
                        .map(entry ->
                                new ReplayReport.Leaving(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                        .toList());
    }
}
