package dev.bastion.sandbox.github.rules;

import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/** The patterns for a branch's name and for the metadata of new commits. */
final class CommitPatterns {
    private static final String BRANCH_NAME = "branch_name_pattern";

    private CommitPatterns() {}

    /** @param makes whether the branch is new; empty for a name that was there before */
    static List<String> violations(Rule.Pattern pattern, String branch, boolean makes, List<RevCommit> commits) {
        boolean isMet = pattern.type().equals(BRANCH_NAME)
                ? !makes || pattern.allows(branch)
                : commits.stream().allMatch(commit -> pattern.allows(text(pattern, commit)));
        return isMet ? List.of() : List.of(RuleWords.pattern(pattern));
    }

    private static String text(Rule.Pattern pattern, RevCommit commit) {
        return switch (pattern.type()) {
            case "commit_message_pattern" -> commit.getFullMessage();
            case "commit_author_email_pattern" -> commit.getAuthorIdent().getEmailAddress();
            default -> commit.getCommitterIdent().getEmailAddress();
        };
    }
}
