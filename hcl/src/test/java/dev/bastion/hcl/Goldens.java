package dev.bastion.hcl;

import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The golden files of the tests. */
public final class Goldens {
    private Goldens() {}

    /** The directories of one kind, at least one. */
    static Stream<Path> cases(String kind) throws IOException {
        try (Stream<Path> found = Files.list(resource(kind))) {
            List<Path> cases = found.sorted().toList();
            if (cases.isEmpty()) {
                throw new IllegalStateException("no golden files in " + kind);
            }
            return cases.stream();
        }
    }

    static HclFile file(Path golden, String name) throws IOException {
        return HclFile.parse(name, Files.readAllBytes(golden.resolve(name)));
    }

    static String text(Path golden, String name) throws IOException {
        return Files.readString(golden.resolve(name));
    }

    /** Lines {@code path = literal}. */
    static Map<HclPath, Literal> edits(Path golden) throws IOException {
        Map<HclPath, Literal> edits = new LinkedHashMap<>();
        for (String line : text(golden, "edits.txt").lines().toList()) {
            int equals = line.indexOf(" = ");
            edits.put(HclPath.of(line.substring(0, equals)), literal(line.substring(equals + 3)));
        }
        return edits;
    }

    public static Literal literal(String hcl) {
        HclFile file = HclFile.parse("literal", ("x = " + hcl).getBytes(StandardCharsets.UTF_8));
        return file.literal(HclPath.of("x"));
    }

    static Map<HclPath, Literal> literals(HclFile file, Collection<HclPath> paths) {
        Map<HclPath, Literal> literals = new LinkedHashMap<>();
        paths.forEach(path -> literals.put(path, file.literal(path)));
        return literals;
    }

    /** One character for each byte, so that a difference is seen wherever it is. */
    static String shown(HclFile file) {
        return new String(file.bytes(), StandardCharsets.ISO_8859_1);
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(Goldens.class.getResource("/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
