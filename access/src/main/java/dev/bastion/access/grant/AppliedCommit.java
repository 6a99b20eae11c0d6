package dev.bastion.access.grant;

/** A commit of the ledger that CI applies to one environment. */
public record AppliedCommit(EnvironmentName environment, CommitId commit) {}
