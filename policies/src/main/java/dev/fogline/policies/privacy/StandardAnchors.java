package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.NumberDetectors.NumberDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which detector is tried where: the place to add one. */
final class StandardAnchors {
    private StandardAnchors() {}

    static List<Anchor.Use> of(Set<DetectorGroup> groups) {
        boolean en = groups.contains(DetectorGroup.PII_EN);
        boolean zh = groups.contains(DetectorGroup.PII_ZH);
        var uses = new ArrayList<Anchor.Use>();
        uses.add(word(DataUrl.ANCHOR, true, new DataUrl()));
        if (en || zh) {
            numbers(uses, zh);
            uses.add(sign('@', new Email()));
        }
        if (en) {
            uses.addAll(EnglishAnchors.all());
        }
        if (zh) {
            uses.addAll(ChineseAnchors.all());
        }
        if (groups.contains(DetectorGroup.SECRETS)) {
            secrets(uses);
        }
        return List.copyOf(uses);
    }

    private static void numbers(List<Anchor.Use> uses, boolean zh) {
        var kinds = new ArrayList<NumberDetector>();
        kinds.add(new BankCard());
        if (zh) {
            kinds.addAll(ChineseAnchors.numbers());
        }
        uses.add(new Anchor.Use(new Anchor.Digits(11), new NumberDetectors(List.copyOf(kinds))));
    }

    private static void secrets(List<Anchor.Use> uses) {
        for (KeyShape shape : KeyShapes.ALL) {
            uses.add(word(shape.prefix(), false, shape));
        }
        uses.add(word("eyJ", false, new WebToken()));
        uses.add(word("BEGIN ", false, new PrivateKey()));
        uses.add(word("service_account", false, new ServiceAccount()));
        uses.add(word("kind: secret", true, new KubernetesSecret()));
        uses.add(word("curl ", false, new CurlUser()));
        for (String scheme : List.of("bearer ", "basic ")) {
            uses.add(word(scheme, true, new Bearer(scheme)));
        }
        for (String name : List.of(
                "password",
                "passwd",
                "passphrase",
                "passcode",
                "pwd",
                "passwort",
                "kennwort",
                "senha",
                "wachtwoord",
                "mot de passe",
                "pw",
                "pass phrase",
                "contrasena",
                "identified by",
                "sshpass -p")) {
            uses.add(word(name, true, new SpokenSecret(name, FindingKind.PASSWORD)));
        }
        uses.add(word("contrase", true, new SpokenSecret("contraseña", FindingKind.PASSWORD)));
        uses.add(sign('パ', new SpokenSecret("パスワード", FindingKind.PASSWORD)));
        uses.add(sign('비', new SpokenSecret("비밀번호", FindingKind.PASSWORD)));
        uses.add(sign('密', new SpokenSecret("密钥", FindingKind.API_KEY)));
        uses.add(sign('令', new SpokenSecret("令牌", FindingKind.API_KEY)));
        for (String name : List.of("secret", "token", "key", "api-key", "apikey")) {
            uses.add(word(name, true, new SpokenSecret(name, FindingKind.API_KEY)));
        }
        uses.add(sign('密', new SpokenSecret("密码", FindingKind.PASSWORD)));
        uses.add(sign('口', new SpokenSecret("口令", FindingKind.PASSWORD)));
        for (char sign : new char[] {'=', ':', ',', '>', '|'}) {
            uses.add(sign(sign, new NamedSecret()));
        }
        uses.add(sign('@', new UrlPassword()));
        uses.add(sign('~', new AzureSecret()));
        uses.add(new Anchor.Use(new Anchor.Digits(5), new DigitLedKey(5, 16, ':', 35, 35)));
        uses.add(new Anchor.Use(new Anchor.Digits(11), new DigitLedKey(13, 17, '|', 27, 27)));
    }

    private static Anchor.Use sign(char sign, Detector detector) {
        return new Anchor.Use(new Anchor.Sign(sign), detector);
    }

    private static Anchor.Use word(String prefix, boolean ignoreCase, Detector detector) {
        return new Anchor.Use(new Anchor.Word(prefix, ignoreCase), detector);
    }
}
