package dev.bastion.sandbox.github;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a pull request's history.
 *
 * @param event GitHub's word: closed, merged, reopened, labeled, review_requested, review_dismissed, head_ref_force_pushed,
 *     head_ref_deleted
 */
public record Deed(long id, String event, Account actor, Instant at, Optional<String> commit) {}
