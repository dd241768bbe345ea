package dev.fogline.gateway.config;

import dev.fogline.gateway.config.ConfigFile.TargetEntry;
import dev.fogline.policies.Policy;
import dev.fogline.policies.Tier;
import dev.fogline.policies.file.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the configuration, reads it, and resolves presets and variables. */
public final class ConfigReader {
    private static final String PACK = "pack:";
    private static final String BUILT_IN = "the built-in configuration";

    private final Environment environment;
    private final Path workingDirectory;
    private final Path home;
    private final Presets presets = Presets.load();

    public ConfigReader(Environment environment, Path workingDirectory, Path home) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.home = home;
    }

    /** The home is that of the environment, as for the launcher; the JVM's own comes from the user database. */
    public static ConfigReader ofProcess() {
        Environment environment = Environment.ofProcess();
        return new ConfigReader(
                environment,
                Path.of("").toAbsolutePath(),
                Path.of(environment.value("HOME").orElse(System.getProperty("user.home"))));
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
        ConfigFile builtIn = Texts.yaml(BUILT_IN, Texts.resource("/default-fogline.yaml"), ConfigFile.class);
        return file.map(path -> resolve(
                        path.toString(),
                        Texts.yaml(path.toString(), Texts.file(path), ConfigFile.class),
                        builtIn,
                        path.toAbsolutePath().resolveSibling("")))
                .orElseGet(() -> resolve(BUILT_IN, builtIn, builtIn, workingDirectory));
    }

    /** @param builtIn what is taken where there is no file, and the aliases of a file that has none */
    private GatewayConfig resolve(String source, ConfigFile file, ConfigFile builtIn, Path folder) {
        if (file.version() != 1) {
            throw new ConfigException(source + ": the key 'version' must be 1");
        }
        List<TargetConfig> targets = targets(source, file, folder);
        AccessReader access = new AccessReader(environment);
        return new GatewayConfig(
                source,
                access.users(source, file),
                access.operators(source, file),
                targets,
                AliasReader.read(source, file, builtIn, targets),
                policy(file, folder, targets),
                InstallationKey.in(environment
                        .value("FOGLINE_STATE")
                        .map(workingDirectory::resolve)
                        .orElse(home.resolve(".local/state/fogline"))));
    }

    private List<TargetConfig> targets(String source, ConfigFile file, Path folder) {
        var reader = new TargetReader(environment, folder, presets);
        var ofUp = new TargetsOfUp(environment, reader, presets);
        var targets = new ArrayList<TargetConfig>();
        for (TargetEntry entry : file.targets() == null ? List.<TargetEntry>of() : file.targets()) {
            targets.add(reader.target(source, entry));
        }
        if (source.equals(BUILT_IN)) {
            targets.add(ofUp.localEdge());
        }
        ofUp.chosenCloud().ifPresent(targets::add);
        if (targets.stream().noneMatch(t -> t.target().tier() == Tier.CLOUD)) {
            ofUp.standIn().ifPresent(targets::add);
        }
        Set<String> ids = new HashSet<>();
        for (TargetConfig target : targets) {
            if (!ids.add(target.target().id())) {
                throw new ConfigException(
                        source + ": the target '" + target.target().id() + "' is there twice; ids are unique");
            }
        }
        return List.copyOf(targets);
    }

    private Policy policy(ConfigFile file, Path folder, List<TargetConfig> targets) {
        Optional<String> variable = environment.value("FOGLINE_POLICY");
        Optional<String> named = variable.or(() -> Optional.ofNullable(file.policy()));
        Path base = variable.isPresent() ? workingDirectory : folder;
        return named.map(name -> policy(name, base, targets)).orElseGet(Policy::builtIn);
    }

    private static Policy policy(String name, Path base, List<TargetConfig> targets) {
        Path path = base.resolve(name);
        Policy policy;
        try {
            policy = name.startsWith(PACK)
                    ? Policy.pack(name.substring(PACK.length()))
                    : Policy.load(path.toString(), Texts.file(path));
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

    private static Optional<Path> existing(Path path) {
        return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    }
}
