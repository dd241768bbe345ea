package dev.fogline.edge.model;

import dev.fogline.edge.model.Hub.HubFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which file of a repository is meant. */
final class Choice {
    private static final String STANDARD = "Q4_K_M";
    private static final Pattern SHARD = Pattern.compile("-\\d{5}-of-\\d{5}\\.gguf$", Pattern.CASE_INSENSITIVE);
    private static final int SHOWN = 40;

    private Choice() {}

    /** The quantisation asked for, else Q4_K_M, else the only file; otherwise the failure lists what there is. */
    static Attempt<HubFile> among(List<HubFile> files, Optional<String> quantisation) {
        // A projector is no model of its own, and a model in several files cannot be loaded from the first alone.
        List<HubFile> models = files.stream()
                .filter(file -> !file.path().toLowerCase(Locale.ROOT).contains("mmproj"))
                .filter(file -> !SHARD.matcher(file.path()).find())
                .toList();
        if (models.isEmpty()) {
            return Attempt.failed(
                    files.isEmpty()
                            ? "  - there is no .gguf file in this repository"
                            : "  - this repository has no model in a single .gguf file");
        }
        String wanted = quantisation.orElse(STANDARD);
        List<HubFile> fitting = models.stream()
                .filter(file -> Quantisation.ofFile(file.path())
                        .filter(wanted::equalsIgnoreCase)
                        .isPresent())
                .toList();
        if (fitting.size() == 1) {
            return Attempt.done(fitting.getFirst());
        }
        if (fitting.isEmpty() && quantisation.isEmpty() && models.size() == 1) {
            return Attempt.done(models.getFirst());
        }
        return Attempt.failed(
                "  - " + (fitting.isEmpty() ? "no " + wanted + " file here" : "several " + wanted + " files here")
                        + offer(fitting.isEmpty() ? models : fitting));
    }

    static String offer(List<HubFile> files) {
        return files.isEmpty() ? "" : "; choose with owner/repo:QUANT or owner/repo/file.gguf among\n" + listed(files);
    }

    private static String listed(List<HubFile> files) {
        String rest = files.size() > SHOWN ? "\n      and " + (files.size() - SHOWN) + " more" : "";
        return files.stream()
                        .limit(SHOWN)
                        .map(file -> "      " + file.path() + "  " + Sizes.shown(file.size()))
                        .collect(Collectors.joining("\n"))
                + rest;
    }
}
