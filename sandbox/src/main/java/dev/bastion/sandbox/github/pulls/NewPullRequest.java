package dev.bastion.sandbox.github.pulls;

/**
 * The arguments for opening a pull request.
 *
 * @param body Markdown, may be empty
 * @param branch short name of the branch it comes from
 * @param base short name of the branch it goes to
 */
public record NewPullRequest(String title, String body, String branch, String base) {}
