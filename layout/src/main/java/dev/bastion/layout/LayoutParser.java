package dev.bastion.layout;

import java.util.Optional;

/** The parser of {@code ledger.yaml}. */
@FunctionalInterface
public interface LayoutParser {
    /**
     * The layout that the file describes.
     *
     * @param ledgerYaml the bytes of {@code ledger.yaml}; empty when there is no such file
     * @param environments the directory of the environments in {@link Layout#standard}
     * @throws dev.bastion.access.port.PolicyProblems with every problem of the file at once
     */
    Layout read(Optional<byte[]> ledgerYaml, String environments);
}
