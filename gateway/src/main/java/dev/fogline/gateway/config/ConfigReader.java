package dev.fogline.gateway.config;

import dev.fogline.gateway.config.ConfigFile.LimitsEntry;
import dev.fogline.gateway.config.ConfigFile.TargetEntry;
import dev.fogline.gateway.config.TargetConfig.UsageHabit;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Target;
import dev.fogline.policies.Tier;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the configuration, reads it, and resolves presets and variables. */
public final class ConfigReader {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String BUILT_IN = "the built-in configuration";

    private final Environment environment;
    private final Path workingDirectory;
    private final Path home;
    private final Map<String, Preset> presets;
    private final AccessReader access;

    public ConfigReader(Environment environment, Path workingDirectory, Path home) {
        this.environment = environment;
        this.access = new AccessReader(environment);
        this.workingDirectory = workingDirectory;
        this.home = home;
        this.presets = yaml("presets.yaml", resource("/presets.yaml"), PresetFile.class)
                .presets();
    }

    public static ConfigReader ofProcess() {
        return new ConfigReader(
                Environment.ofProcess(), Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home")));
    }

    /**
     * Reads the first of {@code explicit}, {@code FOGLINE_CONFIG}, {@code ./fogline.yaml} and
     * {@code ~/.config/fogline/fogline.yaml}; without any, the built-in default.
     *
     * @throws ConfigException with a sentence for the operator
     */
    public GatewayConfig read(Optional<Path> explicit) {
        environment.refuseUnknown();
        Optional<Path> file = explicit.or(
                        () -> environment.value("FOGLINE_CONFIG").map(workingDirectory::resolve))
                .or(() -> existing(workingDirectory.resolve("fogline.yaml")))
                .or(() -> existing(home.resolve(".config/fogline/fogline.yaml")));
        String source = file.map(Path::toString).orElse(BUILT_IN);
        ConfigFile config = yaml(
                source,
                file.map(ConfigReader::text).orElseGet(() -> resource("/default-fogline.yaml")),
                ConfigFile.class);
        Path folder = file.map(Path::toAbsolutePath).map(Path::getParent).orElse(workingDirectory);
        return resolve(source, config, file.isEmpty(), folder);
    }

    private GatewayConfig resolve(String source, ConfigFile file, boolean builtIn, Path folder) {
        if (file.version() != 1) {
            throw new ConfigException(source + ": the key 'version' must be 1");
        }
        var targets = new ArrayList<TargetConfig>();
        for (TargetEntry entry : file.targets() == null ? List.<TargetEntry>of() : file.targets()) {
            targets.add(target(source, entry));
        }
        if (builtIn) {
            targets.add(localEdge());
        }
        environment.value("FOGLINE_CLOUD").ifPresent(name -> targets.add(chosenCloud(name)));
        boolean hasCloud = targets.stream().anyMatch(t -> t.target().tier() == Tier.CLOUD);
        environment.value("FOGLINE_STAND_IN_URL").filter(url -> !hasCloud).ifPresent(url -> targets.add(standIn(url)));
        refuseDoubles(source, targets);
        return new GatewayConfig(
                source,
                access.users(source, file),
                access.operators(source, file),
                List.copyOf(targets),
                aliases(source, file, targets),
                policy(file, folder, targets),
                InstallationKey.in(environment
                        .value("FOGLINE_STATE")
                        .map(workingDirectory::resolve)
                        .orElse(home.resolve(".local/state/fogline"))));
    }

    /** The policy file's path is relative to the file that names it. */
    private static Policy policy(ConfigFile file, Path folder, List<TargetConfig> targets) {
        if (file.policy() == null) {
            return Policy.builtIn();
        }
        Path path = folder.resolve(file.policy());
        Policy policy;
        try {
            policy = Policy.load(path.toString(), text(path));
        } catch (InvalidFileException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        policy.targets().stream()
                .filter(id -> targets.stream().noneMatch(t -> t.target().id().equals(id)))
                .sorted()
                .findFirst()
                .ifPresent(id -> {
                    throw new ConfigException(path + ": a rule names the target '" + id + "', which is not configured");
                });
        return policy;
    }

    private static void refuseDoubles(String source, List<TargetConfig> targets) {
        Set<String> seen = new HashSet<>();
        for (TargetConfig target : targets) {
            if (!seen.add(target.target().id())) {
                throw new ConfigException(
                        source + ": the target '" + target.target().id() + "' is there twice; ids are unique");
            }
        }
    }

    private Map<String, String> aliases(String source, ConfigFile file, List<TargetConfig> targets) {
        ConfigFile defaults = yaml(BUILT_IN, resource("/default-fogline.yaml"), ConfigFile.class);
        Map<String, String> aliases = file.aliases() != null ? file.aliases() : defaults.aliases();
        var resolved = new LinkedHashMap<String, String>();
        for (var alias : (aliases == null ? Map.<String, String>of() : aliases).entrySet()) {
            String meaning = alias.getValue();
            boolean known = Set.of("auto", "edge", "cloud").contains(meaning)
                    || targets.stream().anyMatch(t -> t.target().id().equals(meaning));
            if (!known) {
                throw new ConfigException(source + ": the alias '" + alias.getKey() + "' stands for '" + meaning
                        + "', which is neither auto, edge, cloud nor a target's id");
            }
            if (alias.getKey().indexOf('*') != alias.getKey().lastIndexOf('*')) {
                throw new ConfigException(source + ": the alias '" + alias.getKey() + "' may hold one * only");
            }
            resolved.put(alias.getKey(), meaning);
        }
        return java.util.Collections.unmodifiableMap(resolved);
    }

    private TargetConfig target(String source, TargetEntry entry) {
        String where = source + ": the target '" + entry.id() + "'";
        if (entry.id() == null) {
            throw new ConfigException(source + ": a target has no 'id'");
        }
        Optional<Preset> preset = Optional.ofNullable(entry.preset()).map(name -> preset(where, name));
        String baseUrl = first(entry.baseUrl(), preset.map(Preset::baseUrl).orElse(null));
        if (baseUrl == null) {
            throw new ConfigException(where + " needs a 'base-url' (with its own path) or a 'preset'");
        }
        String model = first(entry.model(), preset.map(Preset::model).orElse(null));
        try {
            String id = entry.id();
            Target target = new Target(
                    id,
                    model == null ? id.substring(id.indexOf('/') + 1) : model,
                    Optional.ofNullable(entry.price())
                            .or(() ->
                                    preset.filter(p -> p.model().equals(model)).map(Preset::price)));
            return new TargetConfig(
                    target,
                    baseUrl(where, baseUrl),
                    preset.map(Preset::provider).orElse(target.tier() == Tier.EDGE ? "fogline" : "openai"),
                    key(where, entry, preset),
                    entry.usage() != null
                            ? entry.usage()
                            : preset.map(Preset::usage).orElse(UsageHabit.ASK),
                    Optional.ofNullable(first(
                            entry.maxTokensField(),
                            preset.map(Preset::maxTokensField).orElse(null))),
                    entry.drop() != null
                            ? entry.drop()
                            : preset.map(Preset::drop).orElse(List.of()),
                    entry.refuses() == null ? Set.of() : Set.copyOf(entry.refuses()),
                    entry.context() != null
                            ? entry.context()
                            : preset.filter(p -> p.model().equals(model))
                                    .map(Preset::context)
                                    .orElse(0),
                    limits(where, target.tier(), entry.limits()),
                    trust(where, target.tier(), baseUrl(where, baseUrl), entry));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(where + ": " + e.getMessage());
        }
    }

    private Optional<Secret> key(String where, TargetEntry entry, Optional<Preset> preset) {
        if (entry.key() != null && entry.keyFile() != null) {
            throw new ConfigException(where + " has both 'key' and 'key-file'; keep one");
        }
        if (entry.keyFile() != null) {
            return Optional.of(
                    new Secret(text(workingDirectory.resolve(entry.keyFile())).strip()));
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

    /**
     * What may be called an edge: an address on this machine or a private network, checked again at each connect, unless
     * the operator vouches for it with a reason. Beyond this machine it needs TLS with its own authority, or a word that
     * plain text is meant.
     */
    private TargetConfig.Trust trust(String where, Tier tier, URI url, TargetEntry entry) {
        if (entry.plaintext() != null && !entry.plaintext().equals("accepted")) {
            throw new ConfigException(where + ": 'plaintext' can only be: accepted");
        }
        if (entry.trustAsEdge() != null
                && (tier != Tier.EDGE || entry.trustAsEdge().isBlank())) {
            throw new ConfigException(where + ": 'trust-as-edge' belongs to an edge target and gives the reason");
        }
        Optional<String> ca = Optional.ofNullable(entry.ca())
                .map(file -> workingDirectory.resolve(file).toString());
        ca.filter(file -> !Files.isReadable(Path.of(file))).ifPresent(file -> {
            throw new ConfigException(where + ": the file of 'ca' cannot be read: " + file);
        });
        if (tier == Tier.CLOUD) {
            return new TargetConfig.Trust(false, ca, Proxies.of(environment, url));
        }
        boolean here = Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
        boolean tls = url.getScheme().equals("https") && ca.isPresent();
        if (!here && !tls && entry.plaintext() == null) {
            throw new ConfigException(where + " is beyond this machine: it needs https with 'ca: FILE',"
                    + " or 'plaintext: accepted' if its network may read every prompt");
        }
        return new TargetConfig.Trust(entry.trustAsEdge() == null, ca, Optional.empty());
    }

    private static Limits limits(String where, Tier tier, @Nullable LimitsEntry entry) {
        Limits defaults = Limits.defaults(tier);
        if (entry == null) {
            return defaults;
        }
        if (entry.concurrent() != null && entry.concurrent() < 1) {
            throw new ConfigException(where + ": 'limits.concurrent' is at least 1");
        }
        return new Limits(
                orElse(entry.connect(), defaults.connect()),
                orElse(entry.firstEvent(), defaults.firstEvent()),
                orElse(entry.idle(), defaults.idle()),
                orElse(entry.streamTotal(), defaults.streamTotal()),
                orElse(entry.total(), defaults.total()),
                orElse(entry.concurrent(), defaults.concurrent()));
    }

    /** The edge-agent that {@code ./fogline up} starts beside the gateway. */
    private TargetConfig localEdge() {
        String name = environment.value("FOGLINE_EDGE_MODEL").orElse("smollm2-135m");
        String url = "http://127.0.0.1:" + environment.port("FOGLINE_AGENT_PORT", 8081) + "/v1";
        String token = environment.value("FOGLINE_AGENT_TOKEN").isPresent() ? "${FOGLINE_AGENT_TOKEN}" : null;
        return target(BUILT_IN, bare("edge/" + idPart(name), null, url, name, token, null));
    }

    /** Model servers have names that an id cannot hold, such as {@code name@q8_0}. */
    private static String idPart(String model) {
        return model.replaceAll("[^A-Za-z0-9._:/-]", "-");
    }

    /** The provider that {@code ./fogline up --cloud NAME} chose. */
    private TargetConfig chosenCloud(String name) {
        Preset preset = preset("the variable FOGLINE_CLOUD (./fogline up --cloud)", name);
        String id = "cloud/" + idPart(preset.model());
        return target("./fogline up --cloud " + name, bare(id, name, null, null, null, null));
    }

    /** The small process that plays a cloud; its price list lets the cost side of things be seen. */
    private TargetConfig standIn(String url) {
        return target(
                "the stand-in cloud",
                bare(
                        "cloud/stand-in",
                        null,
                        url,
                        "stand-in",
                        null,
                        yaml("stand-in.yaml", resource("/stand-in.yaml"), StandIn.class)));
    }

    private record StandIn(dev.fogline.policies.Price price, int context) {}

    private static TargetEntry bare(
            String id,
            @Nullable String preset,
            @Nullable String url,
            @Nullable String model,
            @Nullable String key,
            @Nullable StandIn standIn) {
        return new TargetEntry(
                id,
                preset,
                url,
                model,
                key,
                null,
                null,
                null,
                null,
                null,
                standIn == null ? null : standIn.context(),
                standIn == null ? null : standIn.price(),
                null,
                null,
                null,
                null);
    }

    private Preset preset(String where, String name) {
        Preset preset = presets.get(name);
        if (preset == null) {
            throw new ConfigException(
                    where + " names the provider '" + name + "', which has no preset; there are " + presets.keySet());
        }
        return preset;
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

    private static <T> T yaml(String source, String text, Class<T> type) {
        try {
            return StrictYaml.read(source, text, type);
        } catch (InvalidFileException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value != null ? value : otherwise;
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one != null ? one : other;
    }

    private static Optional<Path> existing(Path path) {
        return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new ConfigException(path + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static String resource(String name) {
        try (InputStream in = ConfigReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the archive");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record PresetFile(TreeMap<String, Preset> presets) {}
}
