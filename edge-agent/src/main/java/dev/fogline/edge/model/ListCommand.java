package dev.fogline.edge.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code model list}: what is here, what else has a name, and what would run it. */
@Command(name = "list", description = "Show the models here, those that can be pulled by name, and the engine.")
final class ListCommand implements Callable<Integer> {
    private final Environment environment;
    private final Catalogue catalogue;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    ListCommand(Environment environment, Catalogue catalogue) {
        this.environment = environment;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        environment.objection().ifPresent(why -> {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
        });
        Console console = environment.console();
        ModelStore store = ModelStore.of(environment.cache());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "FILE", "SIZE", "QUANT", "LICENCE", "SOURCE", "STATE"));
        store.names().forEach(name -> row(store, name).ifPresent(rows::add));
        console.say("Models in " + environment.shown(store.root()) + (rows.size() > 1 ? "" : ": none yet"));
        if (rows.size() > 1) {
            Table.lines(rows).forEach(console::say);
        }
        offer(store, console);
        console.say("");
        console.say("Engine: " + engine());
        return CommandLine.ExitCode.OK;
    }

    private void offer(ModelStore store, Console console) {
        List<List<String>> rows = new ArrayList<>();
        for (Catalogue.Entry entry : catalogue.models()) {
            if (store.whole(new ModelName(entry.name())).isEmpty()) {
                rows.add(List.of(
                        entry.name(), entry.title(), Sizes.shown(entry.hub().size()), entry.licence()));
            }
        }
        if (!rows.isEmpty()) {
            console.say("");
            console.say("Can be pulled with ./fogline model pull NAME (or owner/repo of Hugging Face)");
            Table.lines(rows).forEach(console::say);
        }
    }

    private Optional<List<String>> row(ModelStore store, ModelName name) {
        Optional<StoredModel> recorded = store.recorded(name);
        long partial = store.partial(name);
        String doing = busy(name) ? "being pulled" : "interrupted";
        if (recorded.isPresent()) {
            StoredModel model = recorded.get();
            String state = store.fileIsWhole(model) ? "ready" : partial > 0 ? doing : "damaged: pull it again";
            return Optional.of(List.of(
                    model.name(),
                    model.file(),
                    Sizes.shown(model.size()),
                    Optional.ofNullable(model.quantisation()).orElse("-"),
                    Optional.ofNullable(model.licence()).orElse("not known"),
                    model.source(),
                    state));
        }
        return partial > 0
                ? Optional.of(List.of(name.value(), "-", Sizes.shown(partial), "-", "-", "-", doing))
                : Optional.empty();
    }

    private boolean busy(ModelName name) {
        return PullLock.isHeld(environment.cache(), "model-" + name);
    }

    private String engine() {
        return new EnginePull(environment, EngineStore.of(environment.cache()))
                .present()
                .orElse(
                        environment.linuxX64()
                                ? "none yet: ./fogline model pull fetches one"
                                : "none: put a llama-server on the PATH, or use ./fogline up --engine URL");
    }
}
