package dev.bastion.access.state;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;

/** A commit of the ledger that CI applies to one environment. */
public record AppliedCommit(EnvironmentName environment, CommitId commit) {}
