package dev.bastion.sandbox.github;

import java.time.Instant;

/**
 * What a machine said of a commit.
 *
 * @param state pending, success, failure or error
 * @param description at most 140 characters, may be empty
 * @param targetUrl where more is said, may be empty
 */
public record CommitStatus(
        long id,
        String commit,
        String context,
        String state,
        String description,
        String targetUrl,
        Account creator,
        Instant at) {}
