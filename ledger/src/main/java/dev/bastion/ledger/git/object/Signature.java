package dev.bastion.ledger.git.object;

/** Whose name stands in a commit. */
public record Signature(String name, String mail) {}
