package dev.fogline.policies.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The arguments of one command: options, and the rest in their order. A lone {@code -} is no option. */
record Arguments(Map<String, List<String>> options, List<String> rest) {

    /**
     * @param flags options without a value
     * @param valued options whose value follows as the next argument
     */
    static Arguments of(List<String> arguments, Set<String> flags, Set<String> valued) {
        var options = new HashMap<String, List<String>>();
        var rest = new ArrayList<String>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                rest.add(argument);
            } else if (flags.contains(argument)) {
                options.put(argument, List.of());
            } else if (valued.contains(argument) && i + 1 < arguments.size()) {
                options.computeIfAbsent(argument, first -> new ArrayList<>()).add(arguments.get(++i));
            } else {
                throw new WrongUseException(
                        valued.contains(argument)
                                ? "the option " + argument + " needs a value"
                                : "there is no option " + argument);
            }
        }
        return new Arguments(options, rest);
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    /** The last one. */
    Optional<String> value(String option) {
        return values(option).reduce((first, next) -> next);
    }

    Stream<String> values(String option) {
        return options.getOrDefault(option, List.of()).stream();
    }
}
