package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests to try conditions with: each fact that they mention takes the values around the constants in them, and all
 * combinations of these are tried, or an even sample of them where they are too many. For conditions that only compare
 * facts with constants nothing is missed; for others, such as sums, a case may be.
 */
final class CaseGrid {
    /** Half a microsecond for each condition. */
    static final int MOST_CASES = 4_096;

    static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d{1,9}(?![\\w.])");
    private static final Pattern SHARE = Pattern.compile("(?<![\\w.])[01]?\\.\\d{1,9}(?![\\w.])");
    private static final double NEAR = 1e-6;
    private static final int MOST_NUMBERS = 12;
    private static final int MOST_TEXTS = 12;
    private static final long MOST_COMBINATIONS = 1L << 44;

    /** A prime, so that the steps of a sample go through all values of every fact. */
    private static final long STEP = (1L << 45) - 55;

    private final SensitivityLevels levels;
    private final ZoneId zone;
    private final String conditions;
    private final Set<Integer> numbers = new TreeSet<>(Set.of(0, 1));
    private final Set<Double> shares = new TreeSet<>(Set.of(0.0, 1.0));
    private final Set<String> texts = new TreeSet<>();
    private final List<List<Value>> facts = new ArrayList<>();

    /** @param text as in a message, such as {@code request.tokens = 5} */
    private record Value(String text, Consumer<CaseDraft> set) {}

    /** @param description the facts that the conditions mention */
    record Case(String description, RequestFacts facts, FleetSnapshot fleet, Situation situation) {}

    /**
     * @param zone of conditions on the time
     * @param headers that conditions may ask for
     */
    CaseGrid(SensitivityLevels levels, ZoneId zone, Set<String> headers, Collection<String> conditions) {
        this.levels = levels;
        this.zone = zone;
        String all = String.join(" && ", conditions);
        TEXT.matcher(all)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .limit(MOST_TEXTS)
                .forEach(texts::add);
        this.conditions = TEXT.matcher(all).replaceAll("");
        NUMBER.matcher(this.conditions)
                .results()
                .map(MatchResult::group)
                .map(Integer::valueOf)
                .limit(MOST_NUMBERS)
                .forEach(number -> numbers.addAll(List.of(Math.max(0, number - 1), number, number + 1)));
        SHARE.matcher(this.conditions)
                .results()
                .map(MatchResult::group)
                .map(Double::valueOf)
                .limit(MOST_NUMBERS)
                .forEach(share -> shares.addAll(
                        List.of(Math.max(0, share - NEAR), Math.min(1, share), Math.min(1, share + NEAR))));
        counts("request.tokens", 0, Integer.MAX_VALUE, (draft, count) -> draft.tokens = count);
        findings();
        sensitivity();
        subjects();
        features();
        yesOrNo("request.stream", (draft, yes) -> draft.stream = yes);
        pins();
        counts("request.messages", 1, Integer.MAX_VALUE, (draft, count) -> draft.messages = count);
        oneOf(
                "request.model",
                Stream.concat(Stream.of("auto"), texts.stream()).toList(),
                (draft, text) -> draft.model = text);
        oneOf(
                "tenant.name",
                Stream.concat(Stream.of(""), texts.stream()).toList(),
                (draft, text) -> draft.tenant = text);
        oneOf("request.language", List.of(Language.values()), (draft, language) -> draft.language = language);
        headers(headers);
        deadline();
        yesOrNo("budget.exhausted", (draft, yes) -> draft.exhausted = yes);
        oneOf("budget.pressure", shares, (draft, share) -> draft.pressure = share);
        fleet();
        counts("time.hour", 0, 23, (draft, hour) -> draft.hour = hour);
        counts("time.weekday", 1, 7, (draft, day) -> draft.weekday = day);
    }

    /** How many there are without a sample. */
    long combinations() {
        long product = 1;
        for (List<Value> values : facts) {
            product = Math.min(product * values.size(), MOST_COMBINATIONS);
        }
        return product;
    }

    /** Whether no fact is mentioned, so that there is one case only. */
    boolean constant() {
        return facts.isEmpty();
    }

    /** The first case for which this is true. */
    Optional<Case> find(Predicate<Case> wanted) {
        long combinations = combinations();
        long tried = Math.min(combinations, MOST_CASES);
        for (long i = 0; i < tried; i++) {
            Case now = at(combinations <= MOST_CASES ? i : i * STEP % combinations);
            if (wanted.test(now)) {
                return Optional.of(now);
            }
        }
        return Optional.empty();
    }

    private Case at(long index) {
        var draft = new CaseDraft();
        var description = new ArrayList<String>();
        long rest = index;
        for (List<Value> values : facts) {
            Value value = values.get((int) (rest % values.size()));
            rest /= values.size();
            value.set.accept(draft);
            description.add(value.text);
        }
        return new Case(String.join(", ", description), draft.facts(levels), draft.fleet(), draft.situation(zone));
    }

    private boolean mention(String fact) {
        return Pattern.compile("\\b" + Pattern.quote(fact) + "\\b")
                .matcher(conditions)
                .find();
    }

    private void counts(String fact, int least, int most, BiConsumer<CaseDraft, Integer> set) {
        Set<Integer> possible = new TreeSet<>(Set.of(least));
        numbers.stream().filter(count -> count >= least && count <= most).forEach(possible::add);
        oneOf(fact, possible, set);
    }

    private <T> void oneOf(String fact, Collection<T> values, BiConsumer<CaseDraft, T> set) {
        if (mention(fact)) {
            facts.add(values.stream()
                    .map(value -> new Value(
                            fact + " = " + (value instanceof Language language ? language.label() : value),
                            draft -> set.accept(draft, value)))
                    .toList());
        }
    }

    /** Each that a condition names is missing, or holds one of the texts. */
    private void headers(Set<String> listed) {
        if (!mention("request.headers")) {
            return;
        }
        for (String header : listed) {
            if (texts.contains(header)) {
                var values = new ArrayList<Value>();
                values.add(new Value("without the header " + header, draft -> {}));
                texts.stream()
                        .filter(text -> !listed.contains(text))
                        .forEach(text -> values.add(
                                new Value("with " + header + ": " + text, draft -> draft.headers.put(header, text))));
                values.add(new Value("with an empty " + header, draft -> draft.headers.put(header, "")));
                facts.add(values);
            }
        }
    }

    private void deadline() {
        if (mention("request.deadline_ms")) {
            var values = new ArrayList<Value>();
            values.add(new Value("without a deadline", draft -> {}));
            numbers.forEach(ms -> values.add(
                    new Value("request.deadline_ms = " + ms, draft -> draft.deadlineMs = OptionalLong.of(ms))));
            facts.add(values);
        }
    }

    private void fleet() {
        boolean queue = mention("fleet.edge_queue");
        if (queue || mention("fleet.edge_ready") || mention("fleet.ready")) {
            facts.add(List.of(
                    new Value("with an edge that is ready", draft -> draft.edgeReady = true),
                    new Value("with no edge that is ready", draft -> draft.edgeReady = false)));
        }
        yesOrNo("fleet.cloud_ready", (draft, yes) -> draft.cloudReady = yes);
        oneOf("fleet.edge_queue", shares, (draft, share) -> draft.edgeQueue = share);
        if (mention("fleet.ready")) {
            texts.stream()
                    .filter(Target::isId)
                    .forEach(id -> facts.add(List.of(
                            new Value(id + " is not ready", draft -> {}),
                            new Value(id + " is ready", draft -> draft.alsoReady.add(id)))));
        }
    }

    /** None, each kind alone with each count, and all kinds together: what counts is mostly one kind. */
    private void findings() {
        if (!mention("request.findings") && !mention("request.sensitivity")) {
            return;
        }
        var values = new ArrayList<Value>();
        values.add(new Value("without findings", draft -> draft.findings = Map.of()));
        var everything = new LinkedHashMap<FindingKind, Integer>();
        boolean anyKind = Stream.of(FindingKind.values()).map(FindingKind::id).noneMatch(texts::contains);
        for (FindingKind kind : FindingKind.values()) {
            for (int count : anyKind || texts.contains(kind.id()) ? numbers : Set.of(1)) {
                if (count > 0) {
                    values.add(new Value(
                            "with " + count + " " + kind.id(), draft -> draft.findings = Map.of(kind, count)));
                    everything.put(kind, count);
                }
            }
        }
        everything.remove(FindingKind.DETECTOR_FAILURE);
        values.add(new Value("with every kind of finding", draft -> draft.findings = everything));
        facts.add(values);
    }

    private void sensitivity() {
        if (mention("request.sensitivity")) {
            var values = new ArrayList<Value>();
            for (Sensitivity said : Sensitivity.values()) {
                values.add(new Value("called " + Words.of(said) + " by the caller", draft -> draft.said = said));
            }
            facts.add(values);
        }
    }

    /** None, each alone and all together. */
    private void subjects() {
        if (mention("request.subjects")) {
            var values = new ArrayList<Value>();
            values.add(new Value("about nobody", draft -> {}));
            for (Subject subject : Subject.values()) {
                values.add(new Value("about " + subject.id(), draft -> draft.subjects = Set.of(subject)));
            }
            values.add(new Value("about everything", draft -> draft.subjects = Set.of(Subject.values())));
            facts.add(values);
        }
    }

    private void features() {
        if (mention("request.features") || mention("request.modalities")) {
            for (String text : texts) {
                facts.add(List.of(
                        new Value("without " + text, draft -> {}),
                        new Value("with " + text, draft -> draft.features.add(text))));
            }
        }
        yesOrNo("request.tools", (draft, yes) -> {
            if (yes) {
                draft.features.add("tools");
            }
        });
    }

    private void pins() {
        if (mention("request.pinned")) {
            facts.add(List.of(
                    new Value("not pinned", draft -> draft.pin = new Pin.None()),
                    new Value("pinned to the edge", draft -> draft.pin = new Pin.ToTier(Tier.EDGE)),
                    new Value("pinned to the cloud", draft -> draft.pin = new Pin.ToTier(Tier.CLOUD))));
        }
    }

    private interface Switch {
        void set(CaseDraft draft, boolean yes);
    }

    private void yesOrNo(String fact, Switch set) {
        if (mention(fact)) {
            facts.add(List.of(
                    new Value(fact + " = false", draft -> set.set(draft, false)),
                    new Value(fact + " = true", draft -> set.set(draft, true))));
        }
    }
}
