package dev.bastion.cli.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The files that a new ledger's are made of: those of the product's own example and workflows, which the build copies
 * beside this class, so that each text exists once.
 */
final class Templates {
    private Templates() {}

    /** @param name like {@code ledger.yaml} or {@code workflows/apply.yml} */
    static String text(String name) {
        try (InputStream found = Templates.class.getResourceAsStream(name)) {
            if (found == null) {
                throw new IllegalStateException("this build of bastion lacks the template " + name);
            }
            return new String(found.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the template " + name, e);
        }
    }
}
