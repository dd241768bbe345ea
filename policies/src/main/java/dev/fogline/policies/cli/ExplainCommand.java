package dev.fogline.policies.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fogline.policies.Explanation;
import dev.fogline.policies.Policy;
import dev.fogline.policies.RequestFacts;
import dev.fogline.policies.Situation;
import dev.fogline.policies.cli.Surroundings.ConfiguredFleet;
import dev.fogline.policies.file.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code policy explain BODY.json}: what is decided of one request and why, without sending it anywhere. */
final class ExplainCommand {
    /** As much as the operators' port takes. */
    private static final int LONGEST = 1 << 20;

    private ExplainCommand() {}

    static int run(List<String> arguments, Tool tool) {
        Arguments given =
                Arguments.of(arguments, Set.of("--json"), Set.of("--policy", "--config", "--header", "--time"));
        if (given.rest().size() > 1) {
            throw new WrongUseException("policy explain wants one request");
        }
        ConfiguredFleet fleet =
                tool.surroundings().fleet(given.value("--config").map(Texts::path));
        Policy policy =
                given.value("--policy").or(fleet::policy).map(Texts::policy).orElseGet(Policy::builtIn);
        byte[] body = body(given.rest().isEmpty() ? "-" : given.rest().getFirst(), tool.in());
        RequestFacts facts = tool.surroundings().facts(body, headers(given), policy, fleet.targets(), fleet.aliases());
        Instant time = given.value("--time")
                .map(ExplainCommand::time)
                .orElseGet(() -> tool.surroundings().now());
        Explanation told = policy.explain(facts, fleet.targets(), Situation.ORDINARY.at(time));
        if (given.has("--json")) {
            tool.out().println(json(told));
        } else {
            tool.out().print(ExplanationText.of(told));
            tool.out().println("(targets of " + fleet.source() + ", each taken as ready)");
        }
        return Tool.GOOD;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new WrongUseException("--time wants an instant such as 2026-11-24T10:00:00+08:00");
        }
    }

    private static Map<String, String> headers(Arguments given) {
        var headers = new HashMap<String, String>();
        given.values("--header").forEach(header -> {
            String[] parts = header.split(":", 2);
            if (parts.length < 2 || parts[0].isBlank()) {
                throw new WrongUseException("--header wants 'Name: value'");
            }
            headers.put(parts[0].strip(), parts[1].strip());
        });
        return headers;
    }

    private static byte[] body(String name, InputStream in) {
        byte[] body;
        try (InputStream from = name.equals("-") ? in : Files.newInputStream(Texts.path(name))) {
            body = from.readNBytes(LONGEST + 1);
        } catch (IOException e) {
            throw new InvalidFileException(
                    name + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        if (body.length > LONGEST) {
            throw new InvalidFileException("the request is longer than " + LONGEST + " bytes");
        }
        return body;
    }

    /** In the names of {@code POST /admin/v1/explain}. */
    private static String json(Explanation told) {
        try {
            return JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(told);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an explanation can be written", e);
        }
    }
}
