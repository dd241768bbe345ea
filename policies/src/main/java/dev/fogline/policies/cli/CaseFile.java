package dev.fogline.policies.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fogline.policies.Egress;
import dev.fogline.policies.Language;
import dev.fogline.policies.Reason;
import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Tier;
import dev.fogline.policies.file.Key;
import dev.fogline.policies.file.Located;
import dev.fogline.policies.privacy.FindingKind;
import dev.fogline.policies.privacy.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shape of a file of cases for {@code policy test}, as it is written. */
record CaseFile(
        @Key(
                meaning = "The policy to test, relative to this file",
                required = true,
                form = "path of a policy file, or `pack:NAME`")
        Located<String> policy,

        @Key(meaning = "The targets there are, where a case names no others") @Nullable
        List<TargetEntry> fleet,

        @Key(meaning = "What is asked, and what must come of it", required = true)
        List<CaseEntry> cases) {

    record TargetEntry(
            @Key(
                    meaning = "The name and, by its first part, the tier",
                    required = true,
                    form = "`edge/NAME` or `cloud/NAME`")
            Located<String> id,

            @Key(meaning = "Whether it takes requests now", normally = "true") @Nullable
            Boolean ready,

            @Key(meaning = "Its context window in tokens", least = 0, otherwise = "unknown (0)") @Nullable
            Integer context,

            @Key(meaning = "Its time to first token in milliseconds", least = 0, otherwise = "not known") @Nullable
            Double ttftMs,

            @Key(meaning = "Where its data is kept, as in the configuration", otherwise = "unknown") @Nullable
            String region,

            @Key(meaning = "The licence of its model, as in the configuration", otherwise = "unknown") @Nullable
            String licence,

            @Key(meaning = "How full its queue is", least = 0, most = 1, normally = "0") @Nullable
            Double queue,

            @Key(meaning = "What it cannot do", form = "list: a field such as `tools`, or `image`, `audio`, `file`")
            @Nullable
            List<String> refuses,

            @Key(meaning = "What it costs; without a price it is unknown, which is not free") @Nullable
            PriceEntry price) {}

    record PriceEntry(
            @Key(meaning = "US dollars per million input tokens", required = true, least = 0)
            Double input,

            @Key(meaning = "US dollars per million output tokens", required = true, least = 0)
            Double output) {}

    record CaseEntry(
            @Key(meaning = "What the case shows", required = true)
            Located<String> name,

            @Key(meaning = "The facts of a request, or `body`") @Nullable
            RequestEntry request,

            @Key(
                    meaning = "A whole request, which the detectors read, instead of `request`",
                    form = "an OpenAI chat request, as YAML or as a text that holds JSON")
            @Nullable
            JsonNode body,

            @Key(meaning = "The headers of that whole request", form = "map: name to value", otherwise = "none")
            @Nullable
            Map<String, String> headers,

            @Key(meaning = "The targets there are in this case", otherwise = "those of the file") @Nullable
            List<TargetEntry> fleet,

            @Key(meaning = "The state of the budget") @Nullable
            BudgetEntry budget,

            @Key(
                    meaning = "When it is asked, which counts in the policy's `facts.zone`",
                    form = "an instant such as `2026-11-24T02:00:00Z`",
                    otherwise = "the first of January 1970")
            @Nullable
            Located<String> time,

            @Key(meaning = "What must come of it; at least one", required = true)
            ExpectEntry expect) {}

    record RequestEntry(
            @Key(meaning = "Tokens of the prompt", least = 0, normally = "50") @Nullable
            Integer tokens,

            @Key(meaning = "The caller's bound of the answer in tokens", least = 1, otherwise = "none; 256 are assumed")
            @Nullable
            Integer output,

            @Key(meaning = "How many answers it asks for", least = 1, normally = "1") @Nullable
            Integer choices,

            @Key(meaning = "How often each kind was found", otherwise = "nothing was found") @Nullable
            Map<FindingKind, Integer> findings,

            @Key(
                    meaning =
                            "How often each entry of the policy's `privacy.custom` was found; `findings` says `custom` too",
                    form = "map: id to number",
                    otherwise = "none was found")
            @Nullable
            Map<String, Integer> custom,

            @Key(meaning = "What it is about, where it is about somebody", otherwise = "nothing") @Nullable
            Set<Subject> subjects,

            @Key(meaning = "What the caller says; it only raises what the findings say", normally = "public") @Nullable
            Sensitivity sensitivity,

            @Key(
                    meaning =
                            "Whether all that was found stands where a placeholder can stand: in the text of messages",
                    normally = "true")
            @Nullable
            Boolean maskable,

            @Key(meaning = "What it has beside text", form = "list: `image`, `audio`, `file`") @Nullable
            List<String> modalities,

            @Key(meaning = "What else it needs beyond plain chat", form = "list: a field such as `response_format`")
            @Nullable
            List<String> features,

            @Key(meaning = "It brings tools", normally = "false") @Nullable
            Boolean tools,

            @Key(meaning = "The answer is to be streamed", normally = "false") @Nullable
            Boolean stream,

            @Key(
                    meaning = "The model it names",
                    form = "`auto`, `edge`, `cloud`, the id of a target, or an alias, which is not pinned",
                    normally = "auto")
            @Nullable
            Located<String> model,

            @Key(meaning = "How many messages it has", least = 1, normally = "1") @Nullable
            Integer messages,

            @Key(meaning = "What it is written in", normally = "en") @Nullable
            Language language,

            @Key(meaning = "Headers that the policy lists in `facts.headers`", form = "map: name to value") @Nullable
            Map<String, String> headers,

            @Key(meaning = "The name of the caller's key", otherwise = "none; no key is sent") @Nullable
            String tenant,

            @Key(meaning = "Milliseconds until the caller's deadline", least = 0, otherwise = "none") @Nullable
            Integer deadlineMs,

            @Key(meaning = "The most that it may cost in US dollars", least = 0, otherwise = "no limit") @Nullable
            Double maxCostUsd) {}

    record BudgetEntry(
            @Key(meaning = "Nothing is left of it", normally = "false") @Nullable
            Boolean exhausted,

            @Key(
                    meaning = "Share of it that is spent or held back",
                    least = 0,
                    most = 1,
                    otherwise = "1 if it is exhausted, else 0")
            @Nullable
            Double pressure) {}

    record ExpectEntry(
            @Key(meaning = "The tier of the first choice") @Nullable
            Tier tier,

            @Key(meaning = "The first choice", form = "id of a target") @Nullable
            String target,

            @Key(meaning = "What may leave") @Nullable Egress egress,

            @Key(meaning = "The reason, as in the header `X-Fogline-Reason`") @Nullable
            Reason reason,

            @Key(meaning = "The code that the client is told", form = "such as `policy_refused`") @Nullable
            Located<String> refused,

            @Key(meaning = "All targets to try, in order", form = "list: id of a target") @Nullable
            List<String> plan) {

        boolean empty() {
            return tier == null
                    && target == null
                    && egress == null
                    && reason == null
                    && refused == null
                    && plan == null;
        }
    }
}
