package dev.fogline.gateway.config;

import dev.fogline.gateway.config.ConfigFile.TargetEntry;
import dev.fogline.policies.Policy;
import dev.fogline.policies.PolicyLibrary;
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
    private static final String BUILT_IN = "the built-in configuration";

    private final Environment environment;
    private final Path workingDirectory;
    private final Path home;

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
        ConfigFile builtIn = builtIn();
        return found(explicit)
                .map(path -> resolve(
                        path.toString(),
                        Texts.yaml(path.toString(), Texts.file(path), ConfigFile.class),
                        builtIn,
                        path.toAbsolutePath().resolveSibling("")))
                .orElseGet(() -> resolve(BUILT_IN, builtIn, builtIn, workingDirectory));
    }

    /**
     * The same file's targets and names, for whoever asks what a policy would do: no secret is read, so none need be there.
     *
     * @throws ConfigException with a sentence for the operator
     */
    public ConfiguredTargets targets(Optional<Path> explicit) {
        environment.refuseUnknown();
        Optional<Path> path = found(explicit);
        String source = path.map(Path::toString).orElse(BUILT_IN);
        ConfigFile builtIn = builtIn();
        ConfigFile file = path.map(found -> Texts.yaml(source, Texts.file(found), ConfigFile.class))
                .orElse(builtIn);
        Path folder =
                path.map(found -> found.toAbsolutePath().resolveSibling("")).orElse(workingDirectory);
        // Without a file there is what ./fogline up starts: an edge and the stand-in cloud.
        Environment known = path.isPresent() ? environment : environment.or("FOGLINE_STAND_IN_URL", "http://localhost");
        List<TargetConfig> targets = targets(source, file, TargetReader.withoutSecrets(known, folder), known);
        return new ConfiguredTargets(
                source,
                path.isEmpty(),
                targets,
                AliasReader.read(source, file, builtIn, targets),
                policyReference(file, folder));
    }

    /**
     * Where the same file has what leaves recorded, for whoever looks at it: nothing else of it need be right, and nothing is
     * made.
     *
     * @throws ConfigException with a sentence for the operator, also where there is no installation's key
     */
    public Audit.Keyed audit(Optional<Path> explicit) {
        environment.refuseUnknown();
        Optional<Path> path = found(explicit);
        ConfigFile file = path.map(found -> Texts.yaml(found.toString(), Texts.file(found), ConfigFile.class))
                .orElseGet(ConfigReader::builtIn);
        Path folder =
                path.map(found -> found.toAbsolutePath().resolveSibling("")).orElse(workingDirectory);
        return new Audit.Keyed(Audit.of(file.audit(), folder, state()), InstallationKey.existing(state()));
    }

    private Path state() {
        return environment
                .value("FOGLINE_STATE")
                .map(workingDirectory::resolve)
                .orElse(home.resolve(".local/state/fogline"));
    }

    private static ConfigFile builtIn() {
        return Texts.yaml(BUILT_IN, Texts.resource("/default-fogline.yaml"), ConfigFile.class);
    }

    private Optional<Path> found(Optional<Path> explicit) {
        return explicit.or(() -> environment.value("FOGLINE_CONFIG").map(workingDirectory::resolve))
                .or(() -> existing(workingDirectory.resolve("fogline.yaml")))
                .or(() -> existing(home.resolve(".config/fogline/fogline.yaml")));
    }

    /** @param builtIn what is taken where there is no file, and the aliases of a file that has none */
    private GatewayConfig resolve(String source, ConfigFile file, ConfigFile builtIn, Path folder) {
        if (file.version() != 1) {
            throw new ConfigException(source + ": the key 'version' must be 1");
        }
        List<TargetConfig> targets = targets(source, file, new TargetReader(environment, folder), environment);
        PolicyText policy = policyText(file, folder);
        Path state = state();
        AccessReader access = new AccessReader(environment);
        return new GatewayConfig(
                source,
                access.users(source, file),
                access.operators(source, file),
                targets,
                AliasReader.read(source, file, builtIn, targets),
                policy(policy, targets),
                policy,
                decisionLog(file, folder, state),
                Audit.of(file.audit(), folder, state),
                InstallationKey.in(state));
    }

    private static Optional<Path> decisionLog(ConfigFile file, Path folder, Path state) {
        String path = file.decisionLog();
        if (path == null) {
            return Optional.of(state.resolve("decisions/decisions.jsonl"));
        }
        return path.equals("off") ? Optional.empty() : Optional.of(folder.resolve(path));
    }

    private List<TargetConfig> targets(String source, ConfigFile file, TargetReader reader, Environment environment) {
        var ofUp = new TargetsOfUp(environment, reader);
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

    /** A path, or the name of a pack. */
    private Optional<String> policyReference(ConfigFile file, Path folder) {
        return environment
                .value("FOGLINE_POLICY")
                .map(named -> reference(named, workingDirectory))
                .or(() -> Optional.ofNullable(file.policy()).map(named -> reference(named, folder)));
    }

    private static String reference(String named, Path base) {
        return named.startsWith(PolicyLibrary.PACK)
                ? named
                : base.resolve(named).toString();
    }

    private PolicyText policyText(ConfigFile file, Path folder) {
        String reference = policyReference(file, folder).orElse(PolicyLibrary.PACK + Policy.DEFAULT);
        try {
            return reference.startsWith(PolicyLibrary.PACK)
                    ? PolicyText.pack(reference.substring(PolicyLibrary.PACK.length()))
                    : new PolicyText(reference, Texts.file(Path.of(reference)), Optional.of(Path.of(reference)));
        } catch (InvalidFileException e) {
            throw new ConfigException("the key 'policy': " + e.getMessage());
        }
    }

    private static Policy policy(PolicyText text, List<TargetConfig> targets) {
        try {
            return text.policy(targets);
        } catch (InvalidFileException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Path> existing(Path path) {
        return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    }
}
