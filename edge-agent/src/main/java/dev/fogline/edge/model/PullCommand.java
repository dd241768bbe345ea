package dev.fogline.edge.model;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model pull}: decides what is meant, and hands it to {@link ModelPull} and {@link EnginePull}. */
@Command(
        name = "pull",
        description = {
            "Fetch a model, check it and keep it.",
            "Without NAME: the default model, and the engine that runs it.",
            ""
        },
        footer = {
            "",
            "Read from the environment: FOGLINE_CACHE, FOGLINE_MODEL_FILE, FOGLINE_PYTHON, HF_ENDPOINT, HF_TOKEN,"
                    + " HTTPS_PROXY, NO_PROXY, and pip's own configuration."
        })
final class PullCommand implements Callable<Integer> {
    private final Environment environment;
    private final Catalogue catalogue;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A name that `./fogline model list` shows, owner/repo, owner/repo:QUANT,"
                    + " owner/repo/file.gguf (Hugging Face), or an https address of a .gguf file.")
    @Nullable
    String name;

    @Option(names = "--file", paramLabel = "PATH", description = "Take the model from this .gguf file.")
    @Nullable
    Path file;

    @Option(names = "--sha256", paramLabel = "SUM", description = "The sum that the file must have.")
    @Nullable
    String sha256;

    @Option(names = "--verify", description = "Check the sum of a model that is there already, too.")
    boolean verify;

    @Option(
            names = "--engine",
            negatable = true,
            description = "The engine too (alone: only the engine); --no-engine: without it.")
    @Nullable
    Boolean engine;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    PullCommand(Environment environment, Catalogue catalogue) {
        this.environment = environment;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        environment.objection().ifPresent(why -> {
            throw wrongUse(why);
        });
        if (sha256 != null && !Sums.isSha256(sha256.toLowerCase(Locale.ROOT))) {
            throw wrongUse("--sha256 wants 64 hexadecimal digits");
        }
        boolean nothingNamed = name == null && file == null;
        boolean modelToo = !(nothingNamed && Boolean.TRUE.equals(engine));
        boolean engineToo = engine == null ? nothingNamed : engine;
        boolean model = !modelToo || pullModel();
        // Also after a model that failed: the next try has less to do.
        boolean good = !engineToo || pullEngine();
        return model && good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private boolean pullModel() {
        ModelStore store = ModelStore.of(environment.cache());
        Optional<String> sum = Optional.ofNullable(sha256).map(text -> text.toLowerCase(Locale.ROOT));
        Tasks tasks = new Tasks(environment, store, catalogue);
        Attempt<Task> task = file == null ? tasks.of(reference(), sum) : tasks.local(localName(), file, sum);
        Attempt<ModelPull.Result> result =
                task.then(todo -> new ModelPull(environment, store, catalogue).pull(todo, verify));
        return switch (result) {
            case Attempt.Done<ModelPull.Result> done -> {
                report(done.value(), store);
                yield true;
            }
            case Attempt.Failed<ModelPull.Result> failed -> {
                environment.console().note("No model was pulled:\n" + failed.cause());
                yield false;
            }
        };
    }

    private ModelReference reference() {
        if (name == null) {
            return noSumFor(new ModelReference.Known(catalogue.standard()));
        }
        return switch (ModelReference.parse(name, catalogue)) {
            case Attempt.Done<ModelReference> done -> noSumFor(done.value());
            case Attempt.Failed<ModelReference> failed -> throw wrongUse(failed.cause());
        };
    }

    private ModelReference noSumFor(ModelReference reference) {
        if (sha256 != null && reference instanceof ModelReference.Known) {
            throw wrongUse("--sha256 does not go with a name of the catalogue, which has its own sums");
        }
        return reference;
    }

    private ModelName localName() {
        return ModelName.of(name == null ? catalogue.standard().name() : name)
                .orElseThrow(() -> wrongUse("with --file, NAME is the name to keep it under: letters, digits, . _ -"));
    }

    private void report(ModelPull.Result result, ModelStore store) {
        Console console = environment.console();
        StoredModel model = result.model();
        String path = environment.shown(store.file(model));
        if (!result.fresh()) {
            console.say("Model " + model.name() + " is here: " + path + " (" + Sizes.shown(model.size()) + ")");
            return;
        }
        console.say("Model " + model.name() + " is ready: " + Sizes.shown(model.size())
                + Optional.ofNullable(model.quantisation()).map(q -> ", " + q).orElse("") + ", "
                + Optional.ofNullable(model.licence()).orElse("licence not known") + ", from " + model.source());
        console.say("  file    " + path);
        console.say("  sha256  " + model.sha256());
        boolean standard = model.name().equals(catalogue.standard().name());
        console.say("  use it  ./fogline up" + (standard ? "" : " --model " + model.name()));
    }

    private boolean pullEngine() {
        return switch (new EnginePull(environment, EngineStore.of(environment.cache())).pull()) {
            case Attempt.Done<String> done -> {
                environment.console().say("Engine: " + done.value());
                yield true;
            }
            case Attempt.Failed<String> failed -> {
                environment.console().note("No engine was installed: " + failed.cause());
                yield false;
            }
        };
    }

    private ParameterException wrongUse(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }
}
