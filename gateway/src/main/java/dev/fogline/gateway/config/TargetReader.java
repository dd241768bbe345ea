package dev.fogline.gateway.config;

import dev.fogline.gateway.config.ConfigFile.TargetEntry;
import dev.fogline.gateway.config.TargetConfig.UsageHabit;
import dev.fogline.policies.Price;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One target: what its entry says, else what its preset knows, else what holds for all. */
final class TargetReader {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private static final Pattern NAMED = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

    private final Environment environment;
    private final Path folder;
    private final TrustReader trust;
    private final boolean secrets;

    /** @param folder where the file is: paths in it are relative to it */
    TargetReader(Environment environment, Path folder) {
        this(environment, folder, true);
    }

    /** Leaves all targets without their keys, and reads no file or variable that holds one. */
    static TargetReader withoutSecrets(Environment environment, Path folder) {
        return new TargetReader(environment, folder, false);
    }

    private TargetReader(Environment environment, Path folder, boolean secrets) {
        this.secrets = secrets;
        this.environment = environment;
        this.folder = folder;
        this.trust = new TrustReader(environment, folder);
    }

    /** @param source what the entry stands in, for messages */
    TargetConfig target(String source, TargetEntry entry) {
        String where = source + ": the target '" + entry.id() + "'";
        Optional<Preset> preset = Optional.ofNullable(entry.preset()).map(name -> Presets.named(where, name));
        String url = first(entry.baseUrl(), preset.map(Preset::baseUrl).orElse(null));
        if (url == null) {
            throw new ConfigException(where + " needs a 'base-url' (with its own path) or a 'preset'");
        }
        URI baseUrl = baseUrl(where, url);
        String model = first(entry.model(), preset.map(Preset::model).orElse(null));
        // A price or a context is that of one model, so another model of the same provider does not inherit it.
        Optional<Preset> known = preset.filter(p -> p.model().equals(model));
        Target target =
                named(where, entry, model, Optional.ofNullable(entry.price()).or(() -> known.map(Preset::price)));
        return new TargetConfig(
                target,
                baseUrl,
                preset.map(Preset::provider).orElse(target.tier() == Tier.EDGE ? "fogline" : "openai"),
                key(where, entry, preset),
                entry.usage() != null
                        ? entry.usage()
                        : preset.map(Preset::usage).orElse(UsageHabit.ASK),
                Optional.ofNullable(first(
                        entry.maxTokensField(),
                        preset.map(Preset::maxTokensField).orElse(null))),
                entry.drop() != null ? entry.drop() : preset.map(Preset::drop).orElse(List.of()),
                entry.refuses() == null ? Set.of() : Set.copyOf(entry.refuses()),
                entry.context() != null
                        ? entry.context()
                        : known.map(Preset::context).orElse(0),
                Limits.of(target.tier(), entry.limits()),
                trust.of(where, target.tier(), baseUrl, entry));
    }

    private static Target named(String where, TargetEntry entry, @Nullable String model, Optional<Price> price) {
        String id = entry.id();
        try {
            return new Target(
                    id,
                    model == null ? id.substring(id.indexOf('/') + 1) : model,
                    price,
                    word(where, "region", entry.region()),
                    word(where, "licence", entry.licence()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(where + ": " + e.getMessage());
        }
    }

    private static Optional<String> word(String where, String key, @Nullable String value) {
        if (value != null && !NAMED.matcher(value).matches()) {
            throw new ConfigException(where + ": '" + key + "' must be up to 32 of a-z, 0-9, . and -");
        }
        return Optional.ofNullable(value);
    }

    private Optional<Secret> key(String where, TargetEntry entry, Optional<Preset> preset) {
        if (entry.key() != null && entry.keyFile() != null) {
            throw new ConfigException(where + " has both 'key' and 'key-file'; keep one");
        }
        if (!secrets) {
            return Optional.empty();
        }
        if (entry.keyFile() != null) {
            return Optional.of(
                    new Secret(Texts.file(folder.resolve(entry.keyFile())).strip()));
        }
        if (entry.key() != null) {
            Matcher variable = VARIABLE.matcher(entry.key());
            if (!variable.matches()) {
                throw new ConfigException(where + ": 'key' holds no secret itself but the name of a variable, like"
                        + " ${OPENAI_API_KEY}; or use 'key-file'");
            }
            return Optional.of(secret(where, variable.group(1)));
        }
        return preset.map(p -> secret(where, p.keyVariable()));
    }

    private Secret secret(String where, String variable) {
        return new Secret(environment
                .value(variable)
                .orElseThrow(() -> new ConfigException(
                        where + " takes its key from the variable " + variable + ", which is not set")));
    }

    private static URI baseUrl(String where, String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getQuery() == null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // answered below, like every other address that is none
        }
        throw new ConfigException(
                where + ": 'base-url' must be http(s)://HOST[:PORT][/PATH] without user, query or fragment");
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one != null ? one : other;
    }
}
