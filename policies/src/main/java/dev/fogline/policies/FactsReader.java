package dev.fogline.policies;

import dev.fogline.policies.PolicyFile.FactsEntry;
import dev.fogline.policies.file.Located;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a policy lets its conditions see beside the request itself, and whether they keep to it. */
final class FactsReader {
    private static final int MOST_HEADERS = 16;
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /** Their values are secrets, which no rule, log or decision may hold. */
    private static final Pattern SECRET =
            Pattern.compile(".*(authorization|cookie|api-?key|token|secret|password|credential|signature).*");

    private final @Nullable FactsEntry entry;

    FactsReader(@Nullable FactsEntry entry) {
        this.entry = entry;
    }

    Set<String> headers() {
        var names = new LinkedHashSet<String>();
        List<Located<String>> listed = entry == null ? null : entry.headers();
        for (Located<String> header : listed == null ? List.<Located<String>>of() : listed) {
            String name = header.value();
            if (!NAME.matcher(name).matches()) {
                throw header.wrong("a header of 'facts.headers' is lower-case letters, digits and -, at most 64");
            }
            if (SECRET.matcher(name).matches()) {
                throw header.wrong("the header '" + name + "' holds a secret and is never a fact");
            }
            names.add(name);
            if (names.size() > MOST_HEADERS) {
                throw header.wrong("the key 'facts.headers' lists more than " + MOST_HEADERS);
            }
        }
        return names;
    }

    ZoneId zone() {
        Located<String> zone = entry == null ? null : entry.zone();
        if (zone == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zone.value());
        } catch (DateTimeException e) {
            throw zone.wrong("the key 'facts.zone' must be a time zone such as Asia/Shanghai or UTC");
        }
    }

    /** What the condition asks for and the policy does not declare, as a sentence; null if there is nothing. */
    @Nullable
    String undeclared(Condition condition, String expression) {
        boolean time = condition.asks().stream().anyMatch(name -> name.startsWith("time."));
        if (time && (entry == null || entry.zone() == null)) {
            return "asks for the time, which needs 'facts.zone', such as Asia/Shanghai or UTC";
        }
        Set<String> headers = headers();
        Matcher asked = Asked.BY_NAME.matcher(expression);
        while (asked.find()) {
            String name = asked.group(4) != null ? asked.group(6) : asked.group(2);
            if (!"request.features".equals(asked.group(3)) && !headers.contains(name)) {
                return "asks for the header '" + name + "', which 'facts.headers' does not list";
            }
        }
        return null;
    }
}
