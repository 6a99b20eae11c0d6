package dev.bastion.app.config.yaml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.UnicodeReader;

/** The lines of the values in a YAML file, by their paths, like {@code accounts.prod.id} or {@code environments[0].path}. */
public final class LineNumbers {
    private final Optional<Node> root;

    private LineNumbers(Optional<Node> root) {
        this.root = root;
    }

    /** The lines of a file; none where it is no YAML. */
    public static LineNumbers of(byte[] content) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try (Reader text = new UnicodeReader(new ByteArrayInputStream(content))) {
            return new LineNumbers(Optional.ofNullable(new Yaml(options).compose(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (YAMLException | StackOverflowError _) {
            return new LineNumbers(Optional.empty());
        }
    }

    /** The line, from 1, of the value, or of the nearest one around it; empty for the whole file. */
    public OptionalInt of(String path) {
        int line = 0;
        Optional<Step> at = root.filter(_ -> !path.isEmpty()).map(node -> new Step(node, 0, path));
        while (at.isPresent()) {
            line = at.get().line();
            at = at.get().next();
        }
        return line == 0 ? OptionalInt.empty() : OptionalInt.of(line);
    }

    /**
     * A value on the way.
     *
     * @param line where its key stands; 0 for the root
     * @param rest the path below it
     */
    private record Step(Node node, int line, String rest) {
        Optional<Step> next() {
            return switch (node) {
                case MappingNode mapping -> inMapping(mapping.getValue());
                case SequenceNode list -> inList(list.getValue());
                default -> Optional.empty();
            };
        }

        /** Keys may have dots; the longest that fits is meant. */
        private Optional<Step> inMapping(List<NodeTuple> entries) {
            String path = rest.startsWith(".") ? rest.substring(1) : rest;
            return entries.stream()
                    .filter(entry -> entry.getKeyNode() instanceof ScalarNode key && isFirst(key.getValue(), path))
                    .max(Comparator.comparingInt(entry -> keyOf(entry).length()))
                    .map(entry -> new Step(
                            entry.getValueNode(),
                            lineOf(entry.getKeyNode()),
                            path.substring(keyOf(entry).length())));
        }

        private Optional<Step> inList(List<Node> elements) {
            int end = rest.indexOf(']');
            if (!rest.startsWith("[") || end < 2 || !rest.substring(1, end).matches("\\d{1,9}")) {
                return Optional.empty();
            }
            int index = Integer.parseInt(rest.substring(1, end));
            return index < elements.size()
                    ? Optional.of(new Step(elements.get(index), lineOf(elements.get(index)), rest.substring(end + 1)))
                    : Optional.empty();
        }

        private static boolean isFirst(String key, String path) {
            return path.equals(key) || path.startsWith(key + ".") || path.startsWith(key + "[");
        }

        private static String keyOf(NodeTuple entry) {
            return ((ScalarNode) entry.getKeyNode()).getValue();
        }

        private static int lineOf(Node node) {
            return node.getStartMark().getLine() + 1;
        }
    }
}
