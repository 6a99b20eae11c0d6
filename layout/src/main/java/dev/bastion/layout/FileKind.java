package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;

/** The kind of a file in the ledger's repository, which decides whose approval a change of it needs. */
public sealed interface FileKind {
    /** The file with the five audit values of an environment. */
    record EnvironmentFile(EnvironmentName environment) implements FileKind {}

    /** Another file in an environment's directory. */
    record BesideEnvironment(EnvironmentName environment) implements FileKind {}

    /** A file that the evaluation of environments reads: {@code root.hcl}, includes, local modules. */
    record Evaluated() implements FileKind {}

    /** What CI runs, and the ledger's own configuration. */
    record Control() implements FileKind {}

    /** A file that has nothing to do with access. */
    record Other() implements FileKind {}
}
