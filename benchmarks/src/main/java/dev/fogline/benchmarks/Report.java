package dev.fogline.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A run on paper: as a page for people and as JSON with every round for programs.
 *
 * @param date ISO 8601, of the start
 * @param versions of the servers, as they say themselves
 * @param remarks what a reader must know of this run beside the table
 */
record Report(
        String date,
        Machine machine,
        String command,
        Settings settings,
        List<String> versions,
        List<String> remarks,
        LoadRun.Result result) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Below this share of its core a server was not what limited the measurement. */
    private static final double BUSY = 0.9;

    String markdown() {
        var page = new StringBuilder();
        page.append("# Load: Fogline beside going direct and its peers, ")
                .append(date.substring(0, 10))
                .append("\n\n");
        page.append("| | |\n|---|---|\n");
        row(page, "machine", machine.cpu() + ", " + machine.cores() + " cores, " + machine.memoryMib() + " MiB");
        row(page, "system", machine.system());
        row(page, "JDK", machine.jdk());
        row(page, "commit", machine.commit());
        row(page, "command", "`" + command + "`");
        row(page, "servers", String.join("; ", versions));
        row(
                page,
                "method",
                "each server on one core, generator and upstream on another; " + settings.rounds()
                        + " interleaved rounds of " + settings.window().toMillis() / 1e3
                        + " s a measurement, JVM warm-up "
                        + settings.warmUp().toSeconds()
                        + " s; medians of the quiet rounds (others used at most " + Noise.QUIET_CORES
                        + " cores, and a fixed piece of work took at most " + Pace.QUIET
                        + " times what it takes in a quiet moment), in brackets the ratio to nginx in the same rounds; \\*: the"
                        + " server's core was not full, the load was the limit; ~: no round was quiet");
        row(
                page,
                "noise",
                String.format(
                        Locale.ROOT,
                        "meanwhile other processes used %.2f cores of this machine, and its host took %.2f",
                        result.otherCores(),
                        result.stolenCores()));
        page.append('\n');
        table(page);
        for (String remark : remarks()) {
            page.append("\n- ").append(remark);
        }
        return page.append('\n').toString();
    }

    private static void row(StringBuilder page, String name, String value) {
        page.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private void table(StringBuilder page) {
        Figures figures = result.figures();
        List<String> ways = new ArrayList<>(figures.ways());
        // The starts come first in time and know no "direct"; in the table it is what the others are compared with.
        ways.remove(LoadRun.DIRECT);
        ways.addFirst(LoadRun.DIRECT);
        page.append("| | ").append(String.join(" | ", ways)).append(" |\n|---|").append("---|".repeat(ways.size()));
        page.append('\n');
        for (Metric metric : Metric.values()) {
            page.append("| ").append(metric.label());
            for (String way : ways) {
                page.append(" | ").append(cell(way, metric));
            }
            page.append(" |\n");
            if (metric.kind() == Metric.Kind.ADDED) {
                page.append("| ").append(metric.label()).append(", added");
                for (String way : ways) {
                    page.append(" | ");
                    figures.difference(way, LoadRun.DIRECT, metric)
                            .ifPresent(added -> page.append(way.equals(LoadRun.DIRECT) ? "" : number(added)));
                }
                page.append(" |\n");
            }
        }
    }

    private String cell(String way, Metric metric) {
        OptionalDouble value = result.figures().of(way, metric);
        if (value.isEmpty()) {
            return "";
        }
        String cell = number(value.getAsDouble())
                + (limitedByLoad(way, metric) ? "\\*" : "")
                + (result.figures().quiet(way, metric) || metric.kind() == Metric.Kind.COUNT ? "" : "~");
        boolean compared = metric.kind() == Metric.Kind.MORE_IS_BETTER || metric.kind() == Metric.Kind.LESS_IS_BETTER;
        OptionalDouble ratio = result.figures().ratio(way, LoadRun.NGINX, metric);
        return !compared || ratio.isEmpty() || way.equals(LoadRun.NGINX)
                ? cell
                : cell + String.format(Locale.ROOT, " (%.2f)", ratio.getAsDouble());
    }

    /** The server's core was not full: the figure is a lower bound. */
    private boolean limitedByLoad(String way, Metric metric) {
        return switch (metric) {
            case REQUESTS -> below(way, Metric.BUSY);
            case EVENTS -> below(way, Metric.EVENTS_BUSY);
            default -> false;
        };
    }

    private boolean below(String way, Metric share) {
        return result.figures().of(way, share).orElse(1) < BUSY;
    }

    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    String json() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("date", date);
        root.put("command", command);
        root.putPOJO("machine", machine);
        ObjectNode how = root.putObject("settings");
        how.put("warm_up_seconds", settings.warmUp().toMillis() / 1e3);
        how.put("window_seconds", settings.window().toMillis() / 1e3);
        how.put("rounds", settings.rounds());
        how.put("connections", Settings.CONNECTIONS);
        how.put("streams_per_second", Settings.STREAM_RATE);
        ArrayNode servers = root.putArray("servers");
        versions.forEach(servers::add);
        root.put("cores_used_by_others", result.otherCores());
        root.put("cores_stolen_by_the_host", result.stolenCores());
        root.put("fixed_work_micros_in_a_quiet_moment", result.figures().quietWork());
        ArrayNode said = root.putArray("remarks");
        remarks.forEach(said::add);
        ObjectNode ways = root.putObject("ways");
        for (String way : result.figures().ways()) {
            ObjectNode metrics = ways.putObject(way);
            for (Metric metric : Metric.values()) {
                List<Figures.Figure> rounds = result.figures().rounds(way, metric);
                if (!rounds.isEmpty()) {
                    ObjectNode figure = metrics.putObject(metric.label());
                    figure.put("figure", result.figures().of(way, metric).orElse(0));
                    ArrayNode values = figure.putArray("rounds");
                    ArrayNode others = figure.putArray("cores_used_by_others");
                    ArrayNode work = figure.putArray("fixed_work_micros");
                    for (Figures.Figure round : rounds) {
                        values.add(round.value());
                        others.add(round.noise().others());
                        work.add(round.noise().work());
                    }
                }
            }
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
