package dev.bastion.ledger.git.object;

/** The name and email address of a commit's author or committer. */
public record Signature(String name, String email) {}
