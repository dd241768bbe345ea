package dev.fogline.policies;

import dev.fogline.policies.privacy.FindingKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
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

    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d{1,9}(?![\\w.])");
    private static final int MOST_NUMBERS = 12;
    private static final int MOST_TEXTS = 12;
    private static final long MOST_COMBINATIONS = 1L << 44;

    /** A prime, so that the steps of a sample go through all values of every fact. */
    private static final long STEP = (1L << 45) - 55;

    private final SensitivityLevels levels;
    private final String conditions;
    private final Set<Integer> numbers = new TreeSet<>(Set.of(0, 1));
    private final Set<String> texts = new TreeSet<>();
    private final List<List<Value>> facts = new ArrayList<>();

    /** @param text as in a message, such as {@code request.tokens = 5} */
    private record Value(String text, Consumer<Draft> set) {}

    /** @param description the facts that the conditions mention */
    record Case(String description, RequestFacts facts) {}

    /** A request in the making. */
    private static final class Draft {
        private int tokens = 50;
        private Map<FindingKind, Integer> findings = Map.of();
        private Sensitivity said = Sensitivity.PUBLIC;
        private final Set<String> features = new TreeSet<>();
        private boolean stream;
        private Pin pin = new Pin.None();

        RequestFacts facts(SensitivityLevels levels) {
            return new RequestFacts(
                    pin,
                    levels.of(findings.keySet()).max(said),
                    findings,
                    new RequestSize(tokens, 256, false, 1),
                    features,
                    stream,
                    Optional.empty(),
                    OptionalLong.empty());
        }
    }

    CaseGrid(SensitivityLevels levels, Collection<String> conditions) {
        this.levels = levels;
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
        tokens();
        findings();
        sensitivity();
        features();
        yesOrNo("request.stream", (draft, yes) -> draft.stream = yes);
        pins();
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
    Optional<Case> find(Predicate<RequestFacts> wanted) {
        long combinations = combinations();
        long tried = Math.min(combinations, MOST_CASES);
        for (long i = 0; i < tried; i++) {
            Case now = at(combinations <= MOST_CASES ? i : i * STEP % combinations);
            if (wanted.test(now.facts())) {
                return Optional.of(now);
            }
        }
        return Optional.empty();
    }

    private Case at(long index) {
        var draft = new Draft();
        var description = new ArrayList<String>();
        long rest = index;
        for (List<Value> values : facts) {
            Value value = values.get((int) (rest % values.size()));
            rest /= values.size();
            value.set.accept(draft);
            description.add(value.text);
        }
        return new Case(String.join(", ", description), draft.facts(levels));
    }

    private boolean mention(String fact) {
        return Pattern.compile("\\b" + Pattern.quote(fact) + "\\b")
                .matcher(conditions)
                .find();
    }

    private void tokens() {
        if (mention("request.tokens")) {
            facts.add(numbers.stream()
                    .map(count -> new Value("request.tokens = " + count, draft -> draft.tokens = count))
                    .toList());
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
        void set(Draft draft, boolean yes);
    }

    private void yesOrNo(String fact, Switch set) {
        if (mention(fact)) {
            facts.add(List.of(
                    new Value(fact + " = false", draft -> set.set(draft, false)),
                    new Value(fact + " = true", draft -> set.set(draft, true))));
        }
    }
}
