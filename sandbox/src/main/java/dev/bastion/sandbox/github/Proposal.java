package dev.bastion.sandbox.github;

/**
 * What somebody wants merged.
 *
 * @param body Markdown, may be empty
 * @param branch short name of the branch it comes from
 * @param base short name of the branch it goes to
 */
public record Proposal(String title, String body, String branch, String base) {}
