package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import java.util.List;

/**
 * A change of the rules for which nobody but its author stands: the service did not sign it, and no entry records an approval.
 *
 * @param author the commit's author, as it names itself
 * @param subject the first line of its message
 * @param files the files of the rules that it changed
 */
public record RuleChange(CommitId commit, String author, String subject, List<String> files) {
    public RuleChange {
        files = List.copyOf(files);
    }
}
