package dev.fogline.edge.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a model in the store, which is also the name of its folder. */
record ModelName(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,96}");

    ModelName {
        if (!allowed(value)) {
            throw new IllegalArgumentException("not a model's name");
        }
    }

    static Optional<ModelName> of(String text) {
        return allowed(text) ? Optional.of(new ModelName(text)) : Optional.empty();
    }

    /** A leading dot would hide the folder or climb out of it; a leading dash reads as an option. */
    private static boolean allowed(String text) {
        return ALLOWED.matcher(text).matches() && text.charAt(0) != '.' && text.charAt(0) != '-';
    }

    /** A name made of a file's: lower case, without the extension. */
    static ModelName ofFile(String file) {
        String stem = fileName(file).toLowerCase(Locale.ROOT);
        stem = stem.substring(0, stem.length() - ".gguf".length());
        return new ModelName(stem.substring(0, Math.min(stem.length(), 80)));
    }

    /** The same name, told apart from another model's by a few digits of its sum or source. */
    ModelName with(String suffix) {
        return new ModelName(value + "-" + suffix);
    }

    /** A foreign file's name as it is stored: one plain segment that ends in {@code .gguf}. */
    static String fileName(String foreign) {
        String last = foreign.substring(Math.max(foreign.lastIndexOf('/'), foreign.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[.-]+", "");
        String stem = plain.toLowerCase(Locale.ROOT).endsWith(".gguf")
                ? plain.substring(0, plain.length() - ".gguf".length())
                : plain;
        return (stem.isEmpty() ? "model" : stem.substring(0, Math.min(stem.length(), 120))) + ".gguf";
    }

    @Override
    public String toString() {
        return value;
    }
}
