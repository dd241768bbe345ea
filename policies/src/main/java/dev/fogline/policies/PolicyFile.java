package dev.fogline.policies;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fogline.policies.file.Key;
import dev.fogline.policies.file.Located;
import dev.fogline.policies.privacy.DetectorGroup;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape of a policy file, as it is written. */
record PolicyFile(
        @Key(meaning = "Version of the language", required = true, form = "`1`", least = 1, most = 1)
        Located<Integer> version,

        @Key(
                meaning = "What the policy is called, in logs and on the operators' port",
                required = true,
                form = "text of 1 to 64 characters")
        Located<String> name,

        @Key(
                meaning =
                        "The policy that this one builds on: what it says holds unless this one says it anew; a rule is"
                                + " replaced by one with its id",
                form = "name of a pack, or path of a `.yaml` file relative to this one",
                otherwise = "none")
        @JsonProperty("extends")
        @Nullable
        Located<String> extendsPolicy,

        @Key(meaning = "What holds for requests that nothing else is known of") @Nullable
        DefaultsEntry defaults,

        @Key(meaning = "What conditions may ask beside the request itself") @Nullable
        FactsEntry facts,

        @Key(meaning = "What a finding makes of a request, and what may leave") @Nullable
        PrivacyEntry privacy,

        @Key(meaning = "What holds for requests that a condition names") @Nullable
        List<RuleEntry> rules,

        @Key(meaning = "How soon answers should begin; targets that are too slow come last") @Nullable
        LatencyEntry latency,

        @Key(meaning = "What may be spent; at the limit only the edge serves") @Nullable
        CostEntry cost,

        @Key(
                meaning = "Weights of what ranks the targets that are left; written out, the weights left out are 0",
                otherwise = "edge first, then short queues")
        @Nullable
        Located<PreferEntry> prefer,

        @Key(
                meaning = "The targets that are tried after the first choice failed, in this order and no others",
                form = "list, up to 8: id of a target",
                otherwise = "the second choice")
        @Nullable
        List<Located<String>> failover) {

    /** What the language has, or will have, and this version has not: path to the name of the feature. */
    static final Map<String, String> NOT_BUILT = Map.ofEntries(
            Map.entry("tenants", "policies by tenant"),
            Map.entry("cache", "answers from a cache"),
            Map.entry("quality", "judging the edge's answer and escalating"),
            Map.entry("escalate", "judging the edge's answer and escalating"),
            Map.entry("shadow", "shadow copies"),
            Map.entry("hedge", "hedging"),
            Map.entry("privacy.levels.landline", "telling landlines from `phone`"),
            Map.entry("privacy.levels.secret", "one level for `private_key`, `api_key` and `password`"),
            Map.entry("rules.escalate", "escalating by rule"),
            Map.entry("rules.hedge", "hedging by rule"),
            Map.entry("rules.shadow", "shadow copies"),
            Map.entry("rules.cost", "budgets by rule"),
            Map.entry("rules.latency.hedge", "hedging"),
            Map.entry("rules.latency.total", "an objective for the whole answer"),
            Map.entry("defaults.deadline", "a deadline for callers that set none"),
            Map.entry("latency.hedge", "hedging"),
            Map.entry("latency.total", "an objective for the whole answer"),
            Map.entry("cost.budget.by", "budgets by tenant"),
            Map.entry("cost.pressure", "steering by the burn rate of a budget"),
            Map.entry("cost.reference", "choosing the reference target"));

    record PrivacyEntry(
            @Key(
                    meaning =
                            "The detectors that run; `subjects` tells what a request is about, `names` finds names of persons, organisations and places, is off unless"
                                    + " listed, and takes up to a millisecond for 1,000 characters",
                    otherwise = "`pii-en`, `pii-zh`, `secrets`, `subjects`")
            @Nullable
            List<Located<DetectorGroup>> detectors,

            @Key(
                    meaning =
                            "How sensitive a request is at least that holds any finding that tells of a person: all but"
                                    + " `private_key`, `api_key`, `password`, `custom`, `uscc`, `organisation`, `place`, `url`,"
                                    + " `unreadable` and `detector_failure`",
                    normally = "public")
            @Nullable
            Sensitivity personal,

            @Key(
                    meaning =
                            "How sensitive a request with such a finding is at least; `detector_failure` cannot be changed",
                    otherwise = "`email`, `cn_mobile`, `phone`, `plate`, `wechat`, `qq`, `address`, `date_of_birth`,"
                            + " `wallet`, `custom`: `confidential`; `uscc`, `ip`, `mac`, `person`, `organisation`:"
                            + " `internal`; `place`, `url`, `unreadable`: `public`; the others: `restricted`")
            @Nullable
            Map<FindingKind, Located<Sensitivity>> levels,

            @Key(
                    meaning =
                            "How sensitive a request is at least that is about somebody's health, law case, child, pay or"
                                    + " credentials, is a letter, or by its words as a whole tells of a person's or an organisation's own"
                                    + " affairs; nothing of that can be masked, so from `confidential` on it stays unless"
                                    + " `default-egress` lets it leave",
                    otherwise = "`letters`, `affairs`: `public`; the others: `confidential`")
            @Nullable
            Map<Subject, Located<Sensitivity>> subjects,

            @Key(
                    meaning =
                            "Findings that say more together than alone; one with the id of a usual one takes its place",
                    form = "list, up to 32 with the usual ones",
                    otherwise =
                            "`identity`: a name, a date of birth and an address; `people`: 10 values that tell of persons;"
                                    + " both `restricted`")
            @Nullable
            List<CombinationEntry> combinations,

            @Key(
                    meaning = "What this policy itself has looked for; conditions see it in `request.custom`",
                    form = "list, up to 64",
                    otherwise = "nothing")
            @Nullable
            List<CustomEntry> custom,

            @Key(
                    meaning = "What may leave where no rule says more, the only key that can loosen it;"
                            + " `pseudonymise` is `deny` for a request that cannot be masked whole",
                    otherwise = "`public`, `internal`: `allow`; `confidential`: `pseudonymise`; `restricted`: `deny`")
            @Nullable
            Map<Sensitivity, Located<Egress>> defaultEgress,

            @Key(meaning = "How a request is masked whose egress is `pseudonymise`") @Nullable
            MaskEntry mask) {}

    record CombinationEntry(
            @Key(meaning = "Names it; unique", required = true, form = "up to 64 of `a-z`, `0-9`, `-`")
            Located<String> id,

            @Key(
                    meaning = "The kinds of findings that count",
                    otherwise =
                            "those that tell of a person and are `confidential` or `restricted` where no policy says more")
            @Nullable
            List<Located<FindingKind>> of,

            @Key(meaning = "How many different ones of these kinds there must be", least = 1, most = 32, normally = "1")
            @Nullable
            Integer kinds,

            @Key(
                    meaning = "How many different values there must be, of all these kinds together",
                    least = 1,
                    most = 10_000,
                    otherwise = "as many as `kinds`")
            @Nullable
            Integer values,

            @Key(meaning = "How sensitive a request is at least that holds them", required = true)
            Located<Sensitivity> level) {}

    record MaskEntry(
            @Key(
                    meaning = "Whether the model is told to leave placeholders as they are, or the words that tell it",
                    form = "`true`, `false` or text of up to 2,000 characters",
                    normally = "true")
            @Nullable
            Located<String> instruction,

            @Key(
                    meaning =
                            "Kinds that are masked whatever their level, and never restored in answers; the others come"
                                    + " back",
                    otherwise = "none")
            @Nullable
            List<Located<FindingKind>> redact) {}

    record CustomEntry(
            @Key(
                    meaning = "Names it in conditions and decisions; unique",
                    required = true,
                    form = "up to 64 of `a-z`, `0-9`, `-`")
            Located<String> id,

            @Key(
                    meaning = "Words to look for, in any case; those of Latin letters are found as whole words only",
                    form = "list, up to 1,000: text of 2 to 64 characters",
                    otherwise = "one of `words`, `words-file` and `pattern` is there")
            @Nullable
            List<Located<String>> words,

            @Key(
                    meaning =
                            "A file of such words, one in a line, up to 100,000; lines that begin with `#` are comments",
                    form = "path of a `.txt` file relative to this one",
                    otherwise = "one of `words`, `words-file` and `pattern` is there")
            @Nullable
            Located<String> wordsFile,

            @Key(
                    meaning = "What it looks like",
                    form = "regular expression of RE2, up to 256 characters",
                    otherwise = "one of `words`, `words-file` and `pattern` is there")
            @Nullable
            Located<String> pattern,

            @Key(
                    meaning = "Words of which one must stand close to a match of `pattern`",
                    form = "list, up to 64: text of 2 to 64 characters",
                    otherwise = "none need")
            @Nullable
            List<Located<String>> context,

            @Key(meaning = "How sensitive a request with it is at least", otherwise = "that of `privacy.levels.custom`")
            @Nullable
            Sensitivity level) {}

    record FactsEntry(
            @Key(
                    meaning = "The zone of `time.hour` and `time.weekday`",
                    form = "time zone such as `Asia/Shanghai` or `UTC`",
                    otherwise = "no condition may ask for the time")
            @Nullable
            Located<String> zone,

            @Key(
                    meaning = "Headers of a request that conditions see; never those that hold a secret",
                    form = "list, up to 16: name of a header in lower case",
                    otherwise = "none")
            @Nullable
            List<Located<String>> headers) {}

    record RuleEntry(
            @Key(
                    meaning = "Names the rule in decisions; unique",
                    required = true,
                    form = "up to 64 of `a-z`, `0-9`, `-`")
            Located<String> id,

            @Key(meaning = "When the rule holds", required = true, form = "CEL expression, up to 2,000 characters")
            Located<String> when,

            @Key(meaning = "What may leave; the strictest of all rules that hold wins") @Nullable
            Egress egress,

            @Key(meaning = "Takes away the targets that are all that it names, or of which that is not known") @Nullable
            Located<SelectorEntry> exclude,

            @Key(meaning = "Leaves only the targets that are known to be all that it names") @Nullable
            Located<SelectorEntry> pin,

            @Key(meaning = "Weights that are added to those of `prefer` while the rule holds") @Nullable
            Located<PreferEntry> prefer,

            @Key(meaning = "A further objective while the rule holds; a target that misses one comes last") @Nullable
            LatencyEntry latency) {}

    record SelectorEntry(
            @Key(meaning = "The tier") @Nullable Tier tier,

            @Key(meaning = "The target, alone", form = "id of a target") @Nullable
            String target,

            @Key(meaning = "The `region` of a target", form = NAMED) @Nullable
            String region,

            @Key(meaning = "The `licence` of a target", form = NAMED) @Nullable
            String licence) {
        static final String NAMED = "up to 32 of `a-z`, `0-9`, `.`, `-`, as the target's configuration says";
    }

    record DefaultsEntry(
            @Key(meaning = "How sensitive every request is at least", normally = "public") @Nullable
            Sensitivity sensitivity) {}

    record LatencyEntry(
            @Key(meaning = "The longest time to the first token that is in time", required = true)
            Located<Duration> ttft,

            @Key(
                    meaning = "The share of a target's answers that must be in time",
                    least = 50,
                    most = 99,
                    normally = "95")
            @Nullable
            Located<Integer> percentile) {}

    record CostEntry(
            @Key(meaning = "What all requests together may spend, never more") @Nullable
            Located<BudgetEntry> budget,

            @Key(meaning = "What happens when the budget is spent", normally = "edge-only") @Nullable
            Exhausted exhausted,

            @Key(
                    meaning = "Bound in tokens that an answer without one is given where money is limited",
                    least = 1,
                    most = 1_000_000,
                    normally = "4096")
            @Nullable
            Located<Integer> maxOutput) {}

    record BudgetEntry(
            @Key(meaning = "US dollars", required = true, least = 0, most = 1_000_000)
            Double usd,

            @Key(meaning = "The window of the budget; a day is one of UTC", required = true)
            Per per) {}

    record PreferEntry(
            @Key(meaning = "Weight of staying on the edge", least = 0, most = 100, normally = "0") @Nullable
            Double privacy,

            @Key(meaning = "Weight of the larger model", least = 0, most = 100, normally = "0") @Nullable
            Double quality,

            @Key(meaning = "Weight of a quick first token", least = 0, most = 100, normally = "0") @Nullable
            Double latency,

            @Key(meaning = "Weight of a low price", least = 0, most = 100, normally = "0") @Nullable
            Double cost) {}

    enum Per {
        DAY
    }

    enum Exhausted {
        @JsonProperty("edge-only")
        EDGE_ONLY;

        @Override
        public String toString() {
            return "edge-only";
        }
    }
}
