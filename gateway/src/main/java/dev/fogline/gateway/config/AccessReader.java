package dev.fogline.gateway.config;

import dev.fogline.policies.Sensitivity;
import dev.fogline.policies.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the two ports listen and who may call them, from the file and the environment. */
final class AccessReader {
    private final Environment environment;

    AccessReader(Environment environment) {
        this.environment = environment;
    }

    Access users(String source, ConfigFile file) {
        var keys = new LinkedHashMap<String, Tenant>();
        for (var key : file.keys() == null ? List.<ConfigFile.KeyEntry>of() : file.keys()) {
            if (!key.sha256().matches("[0-9a-fA-F]{64}")) {
                throw new ConfigException(source + ": the key '" + key.name()
                        + "' needs 'sha256', the 64 hexadecimal digits of its SHA-256");
            }
            Sensitivity least = key.sensitivity() == null ? Sensitivity.PUBLIC : key.sensitivity();
            if (keys.put(key.sha256().toLowerCase(Locale.ROOT), new Tenant(key.name(), least)) != null) {
                throw new ConfigException(source + ": the key '" + key.name() + "' has the sha256 of another key");
            }
        }
        environment.value("FOGLINE_API_KEYS").ifPresent(listed -> {
            for (String key : listed.split(",", -1)) {
                if (!key.isBlank()) {
                    keys.putIfAbsent(sha256(key.strip()), Tenant.NOBODY);
                }
            }
        });
        Access access = new Access(
                environment.value("FOGLINE_GATEWAY_HOST").orElse(file.host() == null ? "localhost" : file.host()),
                environment.port("FOGLINE_GATEWAY_PORT", file.port() == null ? 8080 : file.port()),
                Collections.unmodifiableMap(keys),
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
                        .map(token -> Map.of(sha256(token), Tenant.NOBODY))
                        .orElse(Map.of()),
                listed(file.hosts()),
                List.of());
        return refuseOpen(source, "the operators' port", "the variable FOGLINE_OPERATOR_TOKEN", access);
    }

    /** Nothing listens beyond this machine without a credential. */
    private static Access refuseOpen(String source, String port, String credential, Access access) {
        if (!access.loopback() && access.keys().isEmpty()) {
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
