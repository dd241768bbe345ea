package dev.fogline.policies.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results as CI systems read them: a suite for each file of cases. */
final class JunitReport {
    private JunitReport() {}

    /** @throws WrongUseException if the file cannot be written */
    static void write(Path file, Map<String, List<CaseResult>> byFile) {
        try {
            var text = new StringWriter();
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            for (var suite : byFile.entrySet()) {
                suite(xml, suite.getKey(), suite.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
            Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a report can be written into memory", e);
        } catch (IOException e) {
            throw new WrongUseException(
                    file + " cannot be written (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static void suite(XMLStreamWriter xml, String file, List<CaseResult> results) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(file));
        xml.writeAttribute("tests", String.valueOf(results.size()));
        xml.writeAttribute(
                "failures",
                String.valueOf(
                        results.stream().filter(result -> !result.passed()).count()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        for (CaseResult result : results) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", clean(file));
            xml.writeAttribute("name", clean(result.of().name()));
            xml.writeAttribute("file", clean(file));
            xml.writeAttribute("line", String.valueOf(result.of().line()));
            if (!result.passed()) {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", clean(String.join("; ", result.differences())));
                xml.writeCharacters(clean(result.report()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** What XML 1.0 cannot hold, not even escaped, becomes a question mark. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "?");
    }
}
