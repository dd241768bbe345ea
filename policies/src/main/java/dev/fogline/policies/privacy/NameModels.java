package dev.fogline.policies.privacy;

import dev.fogline.policies.file.InvalidFileException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the models that a user supplies. */
final class NameModels {
    static final String VARIABLE = "FOGLINE_NAME_MODEL";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int SHORTEST_TEXT = 64;
    private static final int LONGEST_TEXT = 100_000;

    private NameModels() {}

    /**
     * Those on the class path and in the jars given.
     *
     * @param jars as {@value VARIABLE} says them; null and blank for none
     * @throws InvalidFileException in words for whoever set the variable
     */
    static List<NameModel> load(@Nullable String jars) {
        ClassLoader own = NameModels.class.getClassLoader();
        ClassLoader loader = jars == null || jars.isBlank() ? own : new URLClassLoader(urls(jars), own);
        var models = new ArrayList<NameModel>();
        try {
            ServiceLoader.load(NameModel.class, loader).forEach(models::add);
        } catch (ServiceConfigurationError e) {
            throw wrong("a model of names cannot be made of it", e);
        }
        if (loader != own
                && models.size()
                        == ServiceLoader.load(NameModel.class, own).stream().count()) {
            throw wrong("its jars name no class in META-INF/services/" + NameModel.class.getName(), null);
        }
        models.forEach(NameModels::check);
        return List.copyOf(models);
    }

    private static URL[] urls(String jars) {
        var urls = new ArrayList<URL>();
        for (String jar : jars.split(Pattern.quote(File.pathSeparator), -1)) {
            try {
                Path path = Path.of(jar.strip());
                if (jar.isBlank() || !Files.isReadable(path)) {
                    throw wrong("there is no file '" + jar + "' that can be read", null);
                }
                urls.add(path.toUri().toURL());
            } catch (InvalidPathException | MalformedURLException e) {
                throw wrong("'" + jar + "' is no path", e);
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** Asks it once, so that no request waits for what it loads. */
    private static void check(NameModel model) {
        String id = model.id();
        if (id == null || !ID.matcher(id).matches()) {
            throw wrong("the id of " + model.getClass().getName() + " must be " + ID.pattern(), null);
        }
        if (model.longest() < SHORTEST_TEXT || model.longest() > LONGEST_TEXT) {
            throw wrong(id + ": longest() must be from " + SHORTEST_TEXT + " to " + LONGEST_TEXT, null);
        }
        try {
            model.names("My name is Anna.");
        } catch (RuntimeException | LinkageError e) {
            throw wrong(id + " fails", e);
        }
    }

    private static InvalidFileException wrong(String what, @Nullable Throwable cause) {
        var exception = new InvalidFileException(VARIABLE + ": " + what);
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }
}
