package dev.fogline.policies.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.Finding;
import dev.fogline.policies.privacy.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code privacy scan}: what detection finds in a text on standard input. Values are printed only when asked for. */
final class ScanCommand {
    private static final int LONGEST = 16 << 20;

    private ScanCommand() {}

    static int run(List<String> arguments, InputStream in, PrintStream out) {
        Arguments given = Arguments.of(arguments, Set.of("--json", "--show", "--no-names"), Set.of("--fail-on"));
        if (!given.rest().isEmpty()) {
            throw new WrongUseException("privacy scan reads standard input and wants no file");
        }
        if (!given.values("--fail-on").allMatch("found"::equals)) {
            throw new WrongUseException("--fail-on wants 'found'");
        }
        String text = text(in);
        Detectors detectors = PrivacyCommand.detectors(given);
        List<Finding> findings = detectors.find(text);
        for (Finding finding : findings) {
            String value = text.substring(finding.start(), finding.end());
            out.println(given.has("--json") ? json(finding, value, given) : line(finding, value, given));
        }
        String about = detectors.about(text).stream().sorted().map(Subject::id).collect(Collectors.joining(" "));
        if (!about.isEmpty()) {
            out.println(given.has("--json") ? "{\"about\":\"" + about + "\"}" : "about " + about);
        }
        if (findings.isEmpty() && about.isEmpty() && !given.has("--json")) {
            out.println("nothing found");
        }
        return given.has("--fail-on") && !(findings.isEmpty() && about.isEmpty()) ? Tool.FOUND : Tool.GOOD;
    }

    private static String text(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new InvalidFileException("standard input is longer than " + LONGEST + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidFileException("standard input is not UTF-8");
        } catch (IOException e) {
            throw new InvalidFileException("standard input cannot be read");
        }
    }

    private static String line(Finding finding, String value, Arguments given) {
        return String.format(
                Locale.ROOT,
                "%-16s %6d-%-6d %.2f  %-12s  %s%s",
                finding.kind().id(),
                finding.start(),
                finding.end(),
                finding.confidence(),
                finding.kind().sensitivity().name().toLowerCase(Locale.ROOT),
                finding.evidence(),
                given.has("--show") ? "  " + value.replace("\n", "\\n") : "");
    }

    private static String json(Finding finding, String value, Arguments given) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("kind", finding.kind().id())
                .put("start", finding.start())
                .put("end", finding.end())
                .put("confidence", finding.confidence())
                .put("sensitivity", finding.kind().sensitivity().name().toLowerCase(Locale.ROOT))
                .put("evidence", finding.evidence().toString());
        if (given.has("--show")) {
            node.put("value", value);
        }
        return node.toString();
    }
}
