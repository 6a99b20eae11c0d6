package dev.bastion.sandbox.github;

/** How a required check stands at a commit. */
enum Verdict {
    MISSING,
    PENDING,
    FAILING,
    PASSED
}
