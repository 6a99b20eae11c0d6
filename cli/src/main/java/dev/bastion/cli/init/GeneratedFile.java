package dev.bastion.cli.init;

/**
 * A file of a new ledger.
 *
 * @param path from the repository's root, with slashes
 * @param ifPresent what is shown where the repository has a file with this path
 */
record GeneratedFile(String path, String content, IfPresent ifPresent) {
    /** What is shown of a file that the repository has already; it is never changed. */
    enum IfPresent {
        /** The top-level YAML keys that it lacks. */
        MISSING_KEYS,
        /** The lines that it lacks. */
        MISSING_LINES,
        /** How it differs from the product's. */
        DIFFERENCE,
        /** Nothing: it is people's own. */
        NOTHING
    }
}
