package dev.bastion.cli.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The top-level keys of a YAML text, each with the comment above it, so that one value can be replaced and every comment
 * stays. A block ends where the next line begins in the first column.
 */
final class YamlBlocks {
    private static final Pattern KEY = Pattern.compile("([A-Za-z_]+):.*");

    /** The lines before the first key's own comment. */
    private final List<String> header = new ArrayList<>();

    private final SequencedMap<String, Block> blocks = new LinkedHashMap<>();

    /** A key's comment and empty lines above it, and its lines. */
    private record Block(List<String> above, List<String> lines) {}

    private YamlBlocks() {}

    static YamlBlocks of(String text) {
        YamlBlocks read = new YamlBlocks();
        List<String> above = new ArrayList<>();
        List<String> current = read.header;
        for (String line : text.lines().toList()) {
            Matcher key = KEY.matcher(line);
            if (key.matches()) {
                current = new ArrayList<>(List.of(line));
                read.blocks.put(key.group(1), new Block(above, current));
                above = new ArrayList<>();
            } else if (line.isBlank() || line.startsWith("#")) {
                above.add(line);
            } else {
                current.addAll(above);
                above.clear();
                current.add(line);
            }
        }
        read.footer(above);
        return read;
    }

    private void footer(List<String> rest) {
        (blocks.isEmpty() ? header : blocks.lastEntry().getValue().lines()).addAll(rest);
    }

    /** Replaces a key's lines; its comment stays. */
    YamlBlocks with(String key, String lines) {
        Block block = blocks.get(key);
        if (block == null) {
            throw new IllegalStateException("the template has no key " + key);
        }
        block.lines().clear();
        block.lines().addAll(lines.lines().toList());
        return this;
    }

    /** Replaces a key's lines; a key that the text lacks comes at its end. */
    YamlBlocks withOrAdd(String key, String comment, String lines) {
        blocks.computeIfAbsent(key, _ -> new Block(List.of("", comment), new ArrayList<>()));
        return with(key, lines);
    }

    /** Makes comments of every other key, so that the text explains it and does not set it. */
    YamlBlocks withoutAllBut(Set<String> keys) {
        blocks.forEach((key, block) -> {
            if (!keys.contains(key)) {
                block.lines().replaceAll(line -> line.isBlank() || line.startsWith("#") ? line : "# " + line);
            }
        });
        return this;
    }

    /** This text with the blocks that only the other one has, at its end. */
    YamlBlocks completedBy(YamlBlocks other) {
        other.blocks.forEach((key, block) ->
                blocks.computeIfAbsent(key, _ -> new Block(withGap(block.above()), new ArrayList<>(block.lines()))));
        return this;
    }

    private static List<String> withGap(List<String> above) {
        List<String> apart = new ArrayList<>(above);
        if (apart.isEmpty() || !apart.getFirst().isBlank()) {
            apart.addFirst("");
        }
        return apart;
    }

    String text() {
        List<String> lines = new ArrayList<>(header);
        blocks.values().forEach(block -> {
            lines.addAll(block.above());
            lines.addAll(block.lines());
        });
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
