package dev.fogline.gateway.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the two ports listen and who may call them, from the file and the environment. */
final class AccessReader {
    private final Environment environment;

    AccessReader(Environment environment) {
        this.environment = environment;
    }

    Access users(String source, ConfigFile file) {
        var digests = new ArrayList<String>();
        for (var key : file.keys() == null ? List.<ConfigFile.KeyEntry>of() : file.keys()) {
            if (!key.sha256().matches("[0-9a-fA-F]{64}")) {
                throw new ConfigException(source + ": the key '" + key.name()
                        + "' needs 'sha256', the 64 hexadecimal digits of its SHA-256");
            }
            digests.add(key.sha256());
        }
        environment.value("FOGLINE_API_KEYS").ifPresent(keys -> {
            for (String key : keys.split(",", -1)) {
                if (!key.isBlank()) {
                    digests.add(sha256(key.strip()));
                }
            }
        });
        Access access = new Access(
                environment.value("FOGLINE_GATEWAY_HOST").orElse(file.host() == null ? "localhost" : file.host()),
                environment.port("FOGLINE_GATEWAY_PORT", file.port() == null ? 8080 : file.port()),
                List.copyOf(digests),
                listed(file.hosts()),
                file.cors() == null ? List.of() : listed(file.cors().origins()));
        return refuseOpen(source, "the users' port", "keys (in the file, or in FOGLINE_API_KEYS)", access);
    }

    Access operators(String source, ConfigFile file) {
        Access access = new Access(
                environment
                        .value("FOGLINE_OPERATOR_HOST")
                        .orElse(file.operatorHost() == null ? "127.0.0.1" : file.operatorHost()),
                environment.port("FOGLINE_OPERATOR_PORT", file.operatorPort() == null ? 9000 : file.operatorPort()),
                environment
                        .value("FOGLINE_OPERATOR_TOKEN")
                        .map(token -> List.of(sha256(token)))
                        .orElse(List.of()),
                listed(file.hosts()),
                List.of());
        return refuseOpen(source, "the operators' port", "the variable FOGLINE_OPERATOR_TOKEN", access);
    }

    /** Nothing listens beyond this machine without a credential. */
    private static Access refuseOpen(String source, String port, String credential, Access access) {
        if (!access.loopback() && access.keySha256().isEmpty()) {
            throw new ConfigException(source + ": " + port + " would listen on " + access.host()
                    + ", beyond this machine, for everybody: set " + credential);
        }
        return access;
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<String> listed(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
