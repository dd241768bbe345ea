package dev.fogline.edge.model;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a person may write after {@code model pull}. */
sealed interface ModelReference {
    String FORMS = "a name of the catalogue, owner/repo, owner/repo:QUANT, owner/repo/file.gguf"
            + " or an https address of a .gguf file";
    Pattern REPOSITORY = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95})" + "(?::([A-Za-z0-9_.-]{1,20})|/(.+))?");

    /** What a model's record says of where it came from: the same however it was written, and without a signature. */
    String words();

    /** A short name of the catalogue. */
    record Known(Catalogue.Entry entry) implements ModelReference {
        @Override
        public String words() {
            return entry.name();
        }
    }

    /** A repository, perhaps with the quantisation to take. */
    record Repository(String repository, Optional<String> quantisation) implements ModelReference {
        @Override
        public String words() {
            return repository + quantisation.map(q -> ":" + q).orElse("");
        }
    }

    record RepositoryFile(String repository, String path) implements ModelReference {
        @Override
        public String words() {
            return repository + "/" + path;
        }
    }

    record Direct(URI address) implements ModelReference {
        @Override
        public String words() {
            return Addresses.shown(address);
        }
    }

    /** Fails with what is wrong with the words themselves; nothing is asked of any network. */
    static Attempt<ModelReference> parse(String text, Catalogue catalogue) {
        Optional<Catalogue.Entry> known = catalogue.find(text.toLowerCase(Locale.ROOT));
        if (known.isPresent()) {
            return Attempt.done(new Known(known.get()));
        }
        if (text.contains("://")) {
            return address(text);
        }
        Matcher repository = REPOSITORY.matcher(text);
        if (!repository.matches() || text.contains("..")) {
            return Attempt.failed("\"" + printable(text) + "\" is not " + FORMS + ".\nThe catalogue has "
                    + catalogue.models().stream().map(Catalogue.Entry::name).collect(Collectors.joining(", ")) + ".");
        }
        String path = repository.group(3);
        if (path == null) {
            return Attempt.done(new Repository(repository.group(1), Optional.ofNullable(repository.group(2))));
        }
        return path.toLowerCase(Locale.ROOT).endsWith(".gguf") && Hub.isPlainPath(path)
                ? Attempt.done(new RepositoryFile(repository.group(1), path))
                : Attempt.failed("\"" + printable(text) + "\" does not name a .gguf file");
    }

    private static Attempt<ModelReference> address(String text) {
        try {
            URI address = URI.create(text);
            Optional<String> objection = Addresses.objection(address);
            if (objection.isPresent()) {
                return Attempt.failed(objection.get());
            }
            return address.getPath().toLowerCase(Locale.ROOT).endsWith(".gguf")
                    ? Attempt.done(new Direct(address))
                    : Attempt.failed("the address does not end in .gguf");
        } catch (IllegalArgumentException e) {
            return Attempt.failed("not an address that can be read");
        }
    }

    private static String printable(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 120 ? plain.substring(0, 120) + "…" : plain;
    }
}
