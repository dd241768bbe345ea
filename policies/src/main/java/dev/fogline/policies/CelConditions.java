package dev.fogline.policies;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.fogline.policies.file.Nearest;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles conditions written in the Common Expression Language, once, when a policy is loaded. Loaded only for policies
 * that have conditions: CEL's classes take longer to start than the rest of the decision.
 */
final class CelConditions {
    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 32;
    private static final int MOST_ITERATIONS = 1_000;

    private static final Map<String, CelType> TYPES = types();
    private static final Pattern DOTTED = Pattern.compile("\\brequest(?:\\.\\w+)?");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .build();
    private static final CelCompiler COMPILER = compiler();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

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

    private CelConditions() {}

    static Condition compile(String expression) throws InvalidConditionException {
        if (expression.codePointCount(0, expression.length()) > LONGEST) {
            throw new InvalidConditionException("is longer than " + LONGEST + " characters", 1, 1);
        }
        try {
            CelRuntime.Program program =
                    RUNTIME.createProgram(COMPILER.compile(expression).getAst());
            return facts -> program.eval(facts) instanceof Boolean holds && holds;
        } catch (CelValidationException e) {
            throw invalid(expression, e.getErrors());
        } catch (CelEvaluationException e) {
            throw new InvalidConditionException(
                    "cannot be evaluated: " + firstLine(String.valueOf(e.getMessage())), 1, 1);
        }
    }

    private static InvalidConditionException invalid(String expression, ImmutableList<CelIssue> issues) {
        if (issues.isEmpty()) {
            return new InvalidConditionException("is no valid expression", 1, 1);
        }
        CelIssue first = issues.getFirst();
        Matcher undeclared = UNDECLARED.matcher(first.getMessage());
        String message = firstLine(first.getMessage());
        if (undeclared.matches()) {
            String name = mistyped(expression, undeclared.group(1));
            message = "knows no '" + name + "'; the nearest is '" + Nearest.to(name, TYPES.keySet()) + "'";
        } else if (message.contains("recursion limit")) {
            message = "is nested deeper than " + DEEPEST;
        }
        return new InvalidConditionException(
                message,
                Math.max(1, first.getSourceLocation().getLine()),
                Math.max(0, first.getSourceLocation().getColumn()) + 1);
    }

    /** For {@code request.tokenz} CEL misses {@code request}, which is no variable but the start of many. */
    private static String mistyped(String expression, String undeclared) {
        if (undeclared.equals("request")) {
            Matcher dotted = DOTTED.matcher(expression);
            while (dotted.find()) {
                if (!TYPES.containsKey(dotted.group())) {
                    return dotted.group();
                }
            }
        }
        return undeclared;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static Map<String, CelType> types() {
        var types = new TreeMap<String, CelType>();
        types.put(FactNames.TOKENS, SimpleType.INT);
        types.put(FactNames.MODALITIES, ListType.create(SimpleType.STRING));
        types.put(FactNames.TOOLS, SimpleType.BOOL);
        types.put(FactNames.STREAM, SimpleType.BOOL);
        types.put(FactNames.SENSITIVITY, SimpleType.INT);
        types.put(FactNames.FINDINGS, MapType.create(SimpleType.STRING, SimpleType.INT));
        types.put(FactNames.FEATURES, ListType.create(SimpleType.STRING));
        types.put(FactNames.PINNED, SimpleType.BOOL);
        for (Sensitivity level : Sensitivity.values()) {
            types.put(level.name(), SimpleType.INT);
        }
        return types;
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        TYPES.forEach(builder::addVar);
        return builder.build();
    }
}
