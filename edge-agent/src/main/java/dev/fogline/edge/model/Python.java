package dev.fogline.edge.model;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Python that can run the engine: 3.10 or newer, with pip.
 *
 * @param program as it is called
 * @param version such as {@code 3.11}
 */
record Python(String program, String version) {
    static final String MISSING = "Python 3.10 or newer with pip is needed and was not found: install it (Debian and"
            + " Ubuntu: apt install python3-pip) or set FOGLINE_PYTHON to one.";
    private static final int OLDEST_MINOR = 10;
    private static final Pattern ANSWER = Pattern.compile("3\\.(\\d{1,3}) pip");
    private static final String QUESTION = "import sys, importlib.util as u;"
            + " print('%d.%d %s' % (sys.version_info[0], sys.version_info[1], 'pip' if u.find_spec('pip') else 'none'))";

    static Optional<Python> find(Environment environment) {
        return Stream.concat(
                        environment.variable("FOGLINE_PYTHON").stream(),
                        Stream.of("python3", "python3.13", "python3.12", "python3.11", "python3.10")
                                .flatMap(name -> environment.onPath(name).map(Object::toString).stream()))
                .flatMap(program -> ask(program, environment).stream())
                .findFirst();
    }

    private static Optional<Python> ask(String program, Environment environment) {
        try {
            Child.Ended ended = new Child(environment)
                    .run(List.of(program, "-c", QUESTION), Map.of(), Set.of(), Duration.ofSeconds(20), () -> {});
            Matcher answer =
                    ANSWER.matcher(ended.lines().isEmpty() ? "" : ended.lines().getLast());
            return ended.well() && answer.matches() && Integer.parseInt(answer.group(1)) >= OLDEST_MINOR
                    ? Optional.of(new Python(program, "3." + answer.group(1)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
