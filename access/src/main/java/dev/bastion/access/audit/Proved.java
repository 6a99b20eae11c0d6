package dev.bastion.access.audit;

import dev.bastion.access.grant.CommitId;

/** A fact and the commit of the first-parent line that proves it. */
public record Proved<T>(T fact, CommitId commit) {}
