package dev.fogline.policies;

import dev.fogline.policies.PolicyFile.CustomEntry;
import dev.fogline.policies.PolicyFile.RuleEntry;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.file.Located;
import dev.fogline.policies.file.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A policy file and what it builds on, from the one that was asked for to the one at the bottom. */
final class PolicyLayers {
    private static final int DEEPEST = 8;
    private static final int REVISION_DIGITS = 12;

    private final PolicyLibrary library;
    private final List<PolicyFile> files = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final Map<Located<String>, String> words = new HashMap<>();
    private final MessageDigest digest;

    PolicyLayers(String source, String yaml, PolicyLibrary library) {
        this.library = library;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        add(new PolicyLibrary.Text(source, yaml));
    }

    private void add(PolicyLibrary.Text text) {
        PolicyFile file = StrictYaml.read(text.source(), text.yaml(), PolicyFile.class, PolicyFile.NOT_BUILT);
        refuseTwins(file);
        words(file, text.source());
        files.add(file);
        sources.add(text.source());
        digest.update(text.yaml().getBytes(StandardCharsets.UTF_8));
        Located<String> base = file.extendsPolicy();
        if (base == null) {
            return;
        }
        if (files.size() >= DEEPEST) {
            throw base.wrong("policies extend each other more than " + DEEPEST + " deep");
        }
        PolicyLibrary.Text next = find(base, text.source());
        if (sources.contains(next.source())) {
            throw base.wrong(
                    "the key 'extends' leads back to " + next.source() + ": policies extend each other in a circle");
        }
        add(next);
    }

    /** Reads the files of words that the policy names: they are part of what it says. */
    private void words(PolicyFile file, String from) {
        List<CustomEntry> custom =
                file.privacy() == null ? null : file.privacy().custom();
        for (CustomEntry entry : custom == null ? List.<CustomEntry>of() : custom) {
            Located<String> named = entry.wordsFile();
            if (named != null) {
                if (!named.value().endsWith(PolicyLibrary.WORDS)) {
                    throw named.wrong("the key 'words-file' must name a file that ends in " + PolicyLibrary.WORDS);
                }
                try {
                    String text = library.find(named.value(), from).yaml();
                    digest.update(text.getBytes(StandardCharsets.UTF_8));
                    words.put(named, text);
                } catch (InvalidFileException e) {
                    throw named.wrong("the key 'words-file': '" + named.value() + "' " + e.getMessage());
                }
            }
        }
    }

    /** What the file of words held that stands there. */
    String words(Located<String> file) {
        return words.getOrDefault(file, "");
    }

    private PolicyLibrary.Text find(Located<String> base, String from) {
        try {
            if (base.value().endsWith(PolicyLibrary.WORDS)) {
                throw new InvalidFileException("is no policy: a file's name ends in .yaml");
            }
            return library.find(base.value(), from);
        } catch (InvalidFileException e) {
            throw base.wrong("the key 'extends': '" + base.value() + "' " + e.getMessage());
        }
    }

    private static void refuseTwins(PolicyFile file) {
        CombinationReader.refuseTwins(
                file.privacy() == null ? null : file.privacy().combinations());
        var ids = new HashSet<String>();
        for (RuleEntry rule : file.rules() == null ? List.<RuleEntry>of() : file.rules()) {
            if (!ids.add(rule.id().value())) {
                throw rule.id().wrong("the rule '" + rule.id().value() + "' is there twice; ids are unique");
            }
        }
    }

    /** One file that says what all of them say together. */
    PolicyFile merged() {
        PolicyFile merged = files.getLast();
        for (PolicyFile above : files.subList(0, files.size() - 1).reversed()) {
            merged = PolicyMerge.of(above, merged);
        }
        return merged;
    }

    /** Rules that replace one that lets less out. */
    List<String> loosened() {
        var warnings = new ArrayList<String>();
        for (int i = 0; i + 1 < files.size(); i++) {
            for (RuleEntry rule : rules(files.get(i))) {
                for (PolicyFile below : files.subList(i + 1, files.size())) {
                    rules(below).stream()
                            .filter(old -> old.id().value().equals(rule.id().value()))
                            .filter(old -> strictness(old) > strictness(rule))
                            .findFirst()
                            .ifPresent(old -> warnings.add(
                                    rule.id().source() + " line " + rule.id().line()
                                            + ": the rule '" + rule.id().value() + "' replaces that of "
                                            + old.id().source()
                                            + ", which lets less out"));
                }
            }
        }
        return warnings;
    }

    private static List<RuleEntry> rules(PolicyFile file) {
        return file.rules() == null ? List.of() : file.rules();
    }

    private static int strictness(RuleEntry rule) {
        return rule.egress() == null ? -1 : rule.egress().ordinal();
    }

    /** Of all their texts. */
    String revision() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, REVISION_DIGITS);
    }
}
