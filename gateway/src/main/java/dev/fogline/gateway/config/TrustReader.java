package dev.fogline.gateway.config;

import dev.fogline.gateway.config.ConfigFile.TargetEntry;
import dev.fogline.policies.Tier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What may be called an edge: an address on this machine or a private network, checked again at each connect, unless the
 * operator vouches for it with a reason. Beyond this machine it needs TLS with its own authority, or a word that plain
 * text is meant.
 */
final class TrustReader {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Environment environment;
    private final Path folder;

    TrustReader(Environment environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    TargetConfig.Trust of(String where, Tier tier, URI url, TargetEntry entry) {
        if (entry.plaintext() != null && !entry.plaintext().equals("accepted")) {
            throw new ConfigException(where + ": 'plaintext' can only be: accepted");
        }
        if (entry.trustAsEdge() != null
                && (tier != Tier.EDGE || entry.trustAsEdge().isBlank())) {
            throw new ConfigException(where + ": 'trust-as-edge' belongs to an edge target and gives the reason");
        }
        Optional<String> ca =
                Optional.ofNullable(entry.ca()).map(file -> folder.resolve(file).toString());
        ca.filter(file -> !Files.isReadable(Path.of(file))).ifPresent(file -> {
            throw new ConfigException(where + ": the file of 'ca' cannot be read: " + file);
        });
        if (tier == Tier.CLOUD) {
            return new TargetConfig.Trust(false, ca, Proxies.of(environment, url));
        }
        boolean tls = url.getScheme().equals("https") && ca.isPresent();
        if (!HERE.contains(url.getHost()) && !tls && entry.plaintext() == null) {
            throw new ConfigException(where + " is beyond this machine: it needs https with 'ca: FILE',"
                    + " or 'plaintext: accepted' if its network may read every prompt");
        }
        return new TargetConfig.Trust(entry.trustAsEdge() == null, ca, Optional.empty());
    }
}
