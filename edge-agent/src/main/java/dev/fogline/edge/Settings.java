package dev.fogline.edge;

import io.smallrye.config.WithDefault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every variable that the edge-agent and {@code ./fogline model} read, and what each takes. */
final class Settings {
    /**
     * One variable.
     *
     * @param value what is taken, in Markdown
     * @param otherwise what holds without it, in Markdown
     */
    record Row(String variable, String value, String otherwise, String meaning) {}

    private static final List<Row> OF_THE_MACHINE = List.of(
            new Row("FOGLINE_CACHE", "path of a directory", "`~/.cache/fogline`", "Where models and engines are kept"),
            new Row(
                    "FOGLINE_MODEL_FILE",
                    "path of a `.gguf` file",
                    "none",
                    "Taken for the default model before anything is downloaded, if its sum is the right one"),
            new Row(
                    "FOGLINE_PYTHON",
                    "name or path of a program",
                    "`python3`",
                    "The Python, 3.10 or newer, that installs and runs the default engine"));

    /** Those of the gateway's page that do not stop the agent: the two are often started from one environment. */
    private static final Set<String> OF_THE_GATEWAY = Set.of(
            "FOGLINE_API_KEYS",
            "FOGLINE_CLOUD",
            "FOGLINE_CONFIG",
            "FOGLINE_EDGE_MODEL",
            "FOGLINE_GATEWAY_HOST",
            "FOGLINE_GATEWAY_PORT",
            "FOGLINE_OPERATOR_HOST",
            "FOGLINE_OPERATOR_PORT",
            "FOGLINE_OPERATOR_TOKEN",
            "FOGLINE_POLICY",
            "FOGLINE_STAND_IN_URL",
            "FOGLINE_NAME_MODEL",
            "FOGLINE_STATE");

    private Settings() {}

    /** In the order of their names. */
    static List<Row> rows() {
        return Stream.concat(settings().map(Settings::row), OF_THE_MACHINE.stream())
                .sorted(Comparator.comparing(Row::variable))
                .toList();
    }

    /** Every variable that Fogline's processes read. */
    static Set<String> known() {
        Set<String> known = new TreeSet<>(OF_THE_GATEWAY);
        rows().forEach(row -> known.add(row.variable()));
        return known;
    }

    /**
     * Refuses numbers out of their range, and variables that look like ours and are not, because they are typing errors.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static void check(EdgeConfig config, Map<String, String> environment) {
        Set<String> known = known();
        environment.keySet().stream()
                .filter(name -> name.startsWith("FOGLINE_") && !known.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("the variable " + name
                            + " is unknown; the nearest known one is " + nearest(name, known)
                            + ". Unset it or correct its name");
                });
        settings().forEach(method -> {
            OptionalInt number = number(config, method);
            if (number.isPresent()
                    && (number.getAsInt() < setting(method).least()
                            || number.getAsInt() > setting(method).most())) {
                throw new IllegalArgumentException(
                        variable(method) + " must be a " + value(method) + ", not " + number.getAsInt());
            }
        });
    }

    private static Stream<Method> settings() {
        return Arrays.stream(EdgeConfig.class.getMethods()).sorted(Comparator.comparing(Method::getName));
    }

    private static Row row(Method method) {
        WithDefault usual = method.getAnnotation(WithDefault.class);
        String otherwise =
                usual != null ? "`" + usual.value() + "`" : setting(method).otherwise();
        return new Row(
                variable(method), value(method), otherwise, setting(method).meaning());
    }

    private static Setting setting(Method method) {
        return Objects.requireNonNull(
                method.getAnnotation(Setting.class), () -> "EdgeConfig does not describe " + method.getName());
    }

    private static String variable(Method method) {
        return "FOGLINE_AGENT_" + method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static String value(Method method) {
        Setting setting = setting(method);
        if (!setting.form().isEmpty()) {
            return setting.form();
        }
        if (method.getReturnType() != int.class && method.getReturnType() != OptionalInt.class) {
            return "text";
        }
        return "whole number from " + setting.least()
                + (setting.most() == Integer.MAX_VALUE ? "" : " to " + setting.most());
    }

    private static OptionalInt number(EdgeConfig config, Method method) {
        try {
            return switch (method.invoke(config)) {
                case Integer number -> OptionalInt.of(number);
                case OptionalInt number -> number;
                case null, default -> OptionalInt.empty();
            };
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(method + " cannot be read", e);
        }
    }

    /** The known name with the fewest edits. */
    private static String nearest(String name, Set<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
                .orElse("");
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
