package dev.fogline.policies;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import dev.fogline.policies.file.Nearest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compiles conditions written in the Common Expression Language, once, when a policy is loaded. Loaded only for policies
 * that have conditions: CEL's classes take longer to start than the rest of the decision.
 */
final class CelConditions {
    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 32;
    private static final int MOST_ITERATIONS = 1_000;

    private static final Map<String, Optional<Object>> CONSTANTS = constants();
    private static final Pattern DOTTED = Pattern.compile("\\b[a-z]\\w*\\.\\w+");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            // So that budget.pressure > 1 compares a fraction with a whole number; the planner insists on it.
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final CelCompiler COMPILER = compiler();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    /** The expression is wrong; the message says how, and the place is counted within the expression, from 1. */
    static final class InvalidConditionException extends Exception {
        private static final long serialVersionUID = 1L;
        final int line;
        final int column;

        InvalidConditionException(String message, int line, int column) {
            super(message);
            this.line = line;
            this.column = column;
        }
    }

    private record Compiled(Program program, Set<String> asks) implements Condition {
        @Override
        public boolean holds(Facts facts) throws Exception {
            return program.eval(facts) instanceof Boolean holds && holds;
        }
    }

    private CelConditions() {}

    static Condition compile(String expression) throws InvalidConditionException {
        if (expression.codePointCount(0, expression.length()) > LONGEST) {
            throw new InvalidConditionException("is longer than " + LONGEST + " characters", 1, 1);
        }
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(expression).getAst();
            Set<String> asks = tree.getReferenceMap().values().stream()
                    .map(CelReference::name)
                    .filter(name -> Fact.named(name) != null)
                    .collect(Collectors.toUnmodifiableSet());
            return new Compiled(RUNTIME.createProgram(tree), asks);
        } catch (CelValidationException e) {
            throw invalid(expression, e.getErrors());
        } catch (CelEvaluationException e) {
            throw new InvalidConditionException(
                    "cannot be evaluated: " + firstLine(String.valueOf(e.getMessage())), 1, 1);
        }
    }

    /** The value of a name of a class of sensitivity. */
    static Optional<Object> constant(String name) {
        return CONSTANTS.getOrDefault(name, Optional.empty());
    }

    private static InvalidConditionException invalid(String expression, ImmutableList<CelIssue> issues) {
        if (issues.isEmpty()) {
            return new InvalidConditionException("is no valid expression", 1, 1);
        }
        CelIssue first = issues.getFirst();
        Matcher undeclared = UNDECLARED.matcher(first.getMessage());
        String message = firstLine(first.getMessage());
        if (undeclared.matches()) {
            message = unknown(mistyped(expression, undeclared.group(1)));
        } else if (message.contains("recursion limit")) {
            message = "is nested deeper than " + DEEPEST;
        }
        return new InvalidConditionException(
                message,
                Math.max(1, first.getSourceLocation().getLine()),
                Math.max(0, first.getSourceLocation().getColumn()) + 1);
    }

    private static String unknown(String name) {
        String feature = Fact.NOT_BUILT.get(name);
        return feature != null
                ? "asks for '" + name + "', which is not built yet: " + feature
                : "knows no '" + name + "'; the nearest is '" + Nearest.to(name, names()) + "'";
    }

    /** For {@code request.tokenz} CEL misses {@code request}, which is no variable but the start of many. */
    private static String mistyped(String expression, String undeclared) {
        Matcher dotted = DOTTED.matcher(expression);
        while (dotted.find()) {
            if (dotted.group().startsWith(undeclared + ".")
                    && !Fact.NOT_BUILT.containsKey(undeclared)
                    && Fact.named(dotted.group()) == null) {
                return dotted.group();
            }
        }
        return undeclared;
    }

    private static String firstLine(String message) {
        String first = message.lines().findFirst().orElse("");
        int candidates = first.indexOf(" (candidates: ");
        return candidates < 0 ? first : first.substring(0, candidates);
    }

    private static Set<String> names() {
        var names = new TreeSet<>(CONSTANTS.keySet());
        for (Fact fact : Fact.values()) {
            names.add(fact.id);
        }
        return names;
    }

    private static Map<String, Optional<Object>> constants() {
        var constants = new TreeMap<String, Optional<Object>>();
        for (Sensitivity level : Sensitivity.values()) {
            constants.put(level.name(), Optional.of((long) level.ordinal()));
        }
        return constants;
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        CONSTANTS.keySet().forEach(name -> builder.addVar(name, SimpleType.INT));
        for (Fact fact : Fact.values()) {
            builder.addVar(fact.id, fact.type);
        }
        return builder.build();
    }
}
