package dev.bastion.access.mutation;

import dev.bastion.access.mutation.Mutant.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The reader of pitest's report, {@code mutations.xml}. */
final class MutationReport {
    private MutationReport() {}

    /**
     * The mutants of a module.
     *
     * @param sources the directory of the module's packages, like {@code layout/src/main/java}
     */
    static List<Mutant> read(Path report, Path sources) throws IOException {
        NodeList found = parsed(report).getElementsByTagName("mutation");
        List<Mutant> mutants = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            mutants.add(mutant((Element) found.item(i), sources));
        }
        return mutants;
    }

    private static Element parsed(Path report) throws IOException {
        try {
            return DocumentBuilderFactory.newNSInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException unreadable) {
            throw new IOException(report + " is not pitest's report: " + unreadable.getMessage(), unreadable);
        }
    }

    private static Mutant mutant(Element element, Path sources) throws IOException {
        String type = text(element, "mutatedClass");
        Path source = sources.resolve(type.replaceFirst("\\$.*", "").replace('.', '/') + ".java");
        int line = Integer.parseInt(text(element, "lineNumber"));
        String mutator = text(element, "mutator").replaceFirst(".*\\.", "").replaceFirst("Mutator", "");
        return new Mutant(
                type + "." + text(element, "mutatedMethod").replaceAll("lambda\\$(\\w+)\\$\\d+", "$1"),
                mutator,
                Files.readAllLines(source).get(line - 1).strip(),
                line,
                text(element, "description"),
                status(element.getAttribute("status")));
    }

    private static Status status(String name) {
        return switch (name) {
            case "KILLED", "MEMORY_ERROR", "NON_VIABLE" -> Status.KILLED;
            case "TIMED_OUT" -> Status.TIMED_OUT;
            case "SURVIVED", "NO_COVERAGE" -> Status.SURVIVED;
            default -> Status.FAILED;
        };
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }
}
