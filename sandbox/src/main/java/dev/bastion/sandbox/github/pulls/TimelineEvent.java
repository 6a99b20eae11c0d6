package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import java.time.Instant;
import java.util.Optional;

/**
 * An event in a pull request's timeline.
 *
 * @param event GitHub's word: closed, merged, reopened, labeled, review_requested, review_dismissed, head_ref_force_pushed,
 *     head_ref_deleted
 */
public record TimelineEvent(long id, String event, Account actor, Instant at, Optional<String> commit) {}
