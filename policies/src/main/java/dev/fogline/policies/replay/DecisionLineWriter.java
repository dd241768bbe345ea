package dev.fogline.policies.replay;

import dev.fogline.policies.Usage;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines of the decision log, field by field: there is one for each request, and a mapper that finds its way through
 * the records takes several times as long. What {@link DecisionLines} reads is these lines. One thread.
 */
public final class DecisionLineWriter {
    private final JsonBytes json = new JsonBytes();

    /** What the detectors look for is the same in line after line, and the longest part of it. */
    private List<String> lastKinds = List.of();

    private byte[] kinds = {'[', ']'};

    /** The line, with its end; it is there until the next one is written. */
    public ByteBuffer write(LoggedDecision decision) {
        json.reset();
        decision(decision);
        json.lineFeed();
        return json.view();
    }

    private void decision(LoggedDecision decision) {
        json.open('{');
        number("v", decision.v());
        text("id", decision.id());
        text("at", decision.at());
        text("policy", decision.policy());
        facts(decision.facts());
        json.name("fleet");
        json.open('[');
        for (LoggedDecision.Seen target : decision.fleet()) {
            seen(target);
        }
        json.close(']');
        moment(decision.moment());
        made(decision.decision());
        if (decision.outcome() != null) {
            end(decision.outcome());
        }
        json.close('}');
    }

    private void facts(LoggedFacts facts) {
        json.name("facts");
        json.open('{');
        text("pin", facts.pin());
        text("sensitivity", facts.sensitivity());
        text("asked", facts.asked());
        counts("findings", facts.findings());
        text("detectors", facts.detectors());
        kinds(facts.kinds());
        number("prompt_tokens", facts.promptTokens());
        number("output_tokens", facts.outputTokens());
        bool("output_bounded", facts.outputBounded());
        number("choices", facts.choices());
        texts("features", facts.features());
        number("other_features", facts.otherFeatures());
        bool("stream", facts.stream());
        number("max_cost_usd", facts.maxCostUsd());
        number("deadline_ms", facts.deadlineMs());
        number("messages", facts.messages());
        text("language", facts.language());
        text("model", facts.model());
        words("headers", facts.headers());
        texts("absent_headers", facts.absentHeaders());
        words("answers", facts.answers());
        counts("custom", facts.custom());
        texts("masked", facts.masked());
        texts("fixed", facts.fixed());
        bool("maskable", facts.maskable());
        counts("values", facts.values());
        texts("subjects", facts.subjects());
        text("tenant", facts.tenant());
        json.close('}');
    }

    @SuppressWarnings("ReferenceEquality") // The same list has the same words; another with them is only written anew.
    private void kinds(List<String> now) {
        json.name("kinds");
        if (now == lastKinds) {
            json.value(kinds);
        } else {
            int from = json.length();
            texts(now);
            kinds = json.since(from);
            lastKinds = now;
        }
    }

    private void seen(LoggedDecision.Seen target) {
        json.open('{');
        text("target", target.target());
        text("availability", target.availability());
        number("context", target.context());
        texts("refuses", target.refuses());
        number("queue_fill", target.queueFill());
        LoggedDecision.Speed latency = target.latency();
        if (latency != null) {
            json.name("latency");
            json.open('{');
            number("ttft_ms", latency.ttftMs());
            number("spread", latency.spread());
            number("per_token_ms", latency.perTokenMs());
            number("samples", latency.samples());
            number("age_ms", latency.ageMs());
            json.close('}');
        }
        LoggedDecision.Dollars price = target.price();
        if (price != null) {
            json.name("price");
            json.open('{');
            number("input", price.input());
            number("output", price.output());
            number("cached_input", price.cachedInput());
            json.close('}');
        }
        number("token_ratio", target.tokenRatio());
        text("region", target.region());
        text("licence", target.licence());
        json.close('}');
    }

    private void moment(LoggedDecision.Moment moment) {
        json.name("moment");
        json.open('{');
        bool("budget_exhausted", moment.budgetExhausted());
        number("draw", moment.draw());
        number("committed_usd", moment.committedUsd());
        text("now", moment.now());
        json.close('}');
    }

    private void made(LoggedDecision.Made made) {
        json.name("decision");
        json.open('{');
        texts("plan", made.plan());
        text("refusal", made.refusal());
        text("reason", made.reason());
        text("egress", made.egress());
        texts("rules", made.rules());
        texts("failed_rules", made.failedRules());
        json.name("objections");
        json.open('[');
        for (LoggedDecision.Against against : made.objections()) {
            json.open('{');
            text("target", against.target());
            text("reason", against.reason());
            json.close('}');
        }
        json.close(']');
        json.close('}');
    }

    private void end(LoggedDecision.End end) {
        json.name("outcome");
        json.open('{');
        text("target", end.target());
        text("tier", end.tier());
        text("outcome", end.outcome());
        text("reason", end.reason());
        json.name("attempts");
        json.open('[');
        for (LoggedDecision.Try attempt : end.attempts()) {
            json.open('{');
            text("target", attempt.target());
            text("result", attempt.result());
            json.close('}');
        }
        json.close(']');
        number("first_token_ms", end.firstTokenMs());
        number("total_ms", end.totalMs());
        Usage usage = end.usage();
        if (usage != null) {
            json.name("usage");
            json.open('{');
            number("input_tokens", usage.inputTokens());
            number("output_tokens", usage.outputTokens());
            number("cached_input_tokens", usage.cachedInputTokens());
            json.close('}');
        }
        number("cost_usd", end.costUsd());
        json.close('}');
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            json.name(name);
            json.text(value);
        }
    }

    private void number(String name, long value) {
        json.name(name);
        json.number(value);
    }

    private void number(String name, double value) {
        json.name(name);
        json.number(value);
    }

    private void number(String name, @Nullable Number value) {
        switch (value) {
            case null -> {}
            case Double real -> number(name, real.doubleValue());
            default -> number(name, value.longValue());
        }
    }

    private void bool(String name, @Nullable Boolean value) {
        if (value != null) {
            json.name(name);
            json.bool(value);
        }
    }

    private void texts(String name, @Nullable Collection<String> values) {
        if (values != null) {
            json.name(name);
            texts(values);
        }
    }

    private void texts(Collection<String> values) {
        json.open('[');
        for (String value : values) {
            json.text(value);
        }
        json.close(']');
    }

    private void words(String name, @Nullable Map<String, String> values) {
        if (values != null) {
            json.name(name);
            json.open('{');
            for (var entry : values.entrySet()) {
                json.key(entry.getKey());
                json.text(entry.getValue());
            }
            json.close('}');
        }
    }

    private void counts(String name, @Nullable Map<String, Integer> values) {
        if (values != null) {
            json.name(name);
            json.open('{');
            for (var entry : values.entrySet()) {
                json.key(entry.getKey());
                json.number(entry.getValue());
            }
            json.close('}');
        }
    }
}
