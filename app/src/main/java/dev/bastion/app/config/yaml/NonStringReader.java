package dev.bastion.app.config.yaml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * The reader of the values that are no strings, by their paths, like {@code people[3].github}. Jackson's tree has neither
 * their lines nor what they looked like: it reads {@code 0x1F} as 31, and {@code *name} as the string {@code name}.
 */
public final class NonStringReader {
    /** Beyond these the file is refused: the paths of a small file can take any memory. */
    private static final int MAX_FOUND = 20_000;

    private static final int MAX_PATH = 400;
    private static final String STRING_TAG = "tag:yaml.org,2002:str";

    private final Map<String, NonString> found = new HashMap<>();
    private final Deque<Container> open = new ArrayDeque<>();
    private boolean tooMany;

    private NonStringReader() {}

    /**
     * @throws org.yaml.snakeyaml.error.YAMLException when it is no YAML
     * @return empty when there are too many
     */
    public static Optional<Map<String, NonString>> read(byte[] content) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try (Reader text = new UnicodeReader(new ByteArrayInputStream(content))) {
            NonStringReader reader = new NonStringReader();
            Iterator<Event> events = new Yaml(options).parse(text).iterator();
            while (events.hasNext() && !reader.tooMany) {
                Event event = events.next();
                if (event instanceof DocumentEndEvent) {
                    break;
                }
                reader.add(event);
            }
            return reader.tooMany ? Optional.empty() : Optional.of(reader.found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Event event) {
        switch (event) {
            case MappingStartEvent _ -> open.push(new Container(next(), false));
            case SequenceStartEvent _ -> open.push(new Container(next(), true));
            case MappingEndEvent _, SequenceEndEvent _ -> open.pop();
            case ScalarEvent scalar -> add(scalar);
            case AliasEvent alias -> add(alias);
            default -> {
                // nothing of the document itself
            }
        }
    }

    private void add(AliasEvent alias) {
        if (!isKey(alias.getAnchor())) {
            add(next(), alias.getStartMark(), "an alias", "*" + alias.getAnchor());
        }
    }

    private void add(ScalarEvent scalar) {
        if (!isKey(scalar.getValue())) {
            String path = next();
            kind(scalar).ifPresent(kind -> add(path, scalar.getStartMark(), kind, scalar.getValue()));
        }
    }

    private boolean isKey(String text) {
        Container container = open.peek();
        return container != null && container.takesKey(text);
    }

    private static Optional<String> kind(ScalarEvent scalar) {
        String tag = scalar.getTag();
        if (tag != null && !tag.equals("!")) {
            return tag.equals(STRING_TAG) ? Optional.empty() : Optional.of("a value with a tag");
        }
        return scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN && tag == null
                ? NonString.kindOf(scalar.getValue())
                : Optional.empty();
    }

    private void add(String path, Mark at, String kind, String written) {
        tooMany |= found.size() >= MAX_FOUND || path.length() > MAX_PATH;
        if (!tooMany) {
            found.put(path, new NonString(at.getLine() + 1, kind, written));
        }
    }

    /** The path of the next value. */
    private String next() {
        Container container = open.peek();
        return container == null ? "" : container.next();
    }

    /** A mapping or a list that is being read. */
    private static final class Container {
        private final String path;
        private final boolean isList;
        private int index;
        private String key = "";
        private boolean hasKey;

        private Container(String path, boolean isList) {
            this.path = path.length() > MAX_PATH ? path.substring(0, MAX_PATH) : path;
            this.isList = isList;
        }

        /** Takes a key of a mapping; no when a value is due. */
        private boolean takesKey(String scalar) {
            if (isList || hasKey) {
                return false;
            }
            key = scalar;
            hasKey = true;
            return true;
        }

        private String next() {
            if (isList) {
                return path + "[" + index++ + "]";
            }
            hasKey = false;
            return path.isEmpty() ? key : path + "." + key;
        }
    }
}
