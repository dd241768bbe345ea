package dev.fogline.policies.privacy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the name of a field or variable says about its value. */
enum SecretName {
    /** Made up by a person: may be short. */
    PASSWORD,
    /** Drawn by a machine. */
    KEY,
    /** The same, with the name of a scheme before it, as in the Authorization header. */
    CREDENTIAL,
    /** Like the name of a secret, but it is none. */
    NO_SECRET,
    NONE;

    /** What a value under such a name is. */
    FindingKind kind() {
        return this == PASSWORD ? FindingKind.PASSWORD : FindingKind.API_KEY;
    }

    private static final WordEnds<SecretName> NAMES = names();
    /** Short ones that end many words. */
    private static final WordEnds<SecretName> WHOLE_NAMES =
            new WordEnds<>(Map.of("pass", PASSWORD, "pw", PASSWORD), true);

    private static WordEnds<SecretName> names() {
        var names = new HashMap<String, SecretName>();
        for (String word : List.of("password", "passwd", "passphrase", "passcode", "pass_word", "pwd", "psk")) {
            names.put(word, PASSWORD);
        }
        for (String word : List.of(
                "secret",
                "secret_id",
                "token",
                "bearer",
                "credential",
                "credentials",
                "api_key",
                "secret_key",
                "access_key",
                "access_key_id",
                "access_key_secret",
                "auth_key",
                "private_key",
                "signing_key",
                "encryption_key",
                "master_key",
                "account_key",
                "client_key",
                "license_key",
                "shared_key",
                "service_key")) {
            names.put(word, KEY);
        }
        // Tokens that are counted, sent in the clear or part of a model's vocabulary
        for (String kind : List.of(
                "csrf",
                "xsrf",
                "web",
                "public",
                "page",
                "next",
                "authenticity",
                "stop",
                "eos",
                "bos",
                "pad",
                "max",
                "sync",
                "continuation")) {
            names.put(kind + "_token", NO_SECRET);
        }
        for (String word : List.of("passwort", "kennwort", "senha", "wachtwoord", "mot_de_passe", "contrasena")) {
            names.put(word, PASSWORD);
        }
        names.put("authorization", CREDENTIAL);
        return new WordEnds<>(Map.copyOf(names), false);
    }

    /** By the end of the name: {@code AUTH_CLIENTSECRET}, {@code db.password}, {@code apiKey2}. */
    static SecretName of(Reading text, int from, int to) {
        int end = to;
        while (end > from && end > to - 2 && Ascii.digit(text.at(end - 1))) {
            end--;
        }
        SecretName name = NAMES.endingAt(text, end);
        name = name == null ? WHOLE_NAMES.endingAt(text, end) : name;
        return name == null ? NONE : name;
    }
}
