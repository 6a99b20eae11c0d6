/**
 * The forge of the sandbox: git over HTTP for one bare repository, and of GitHub's REST interface what clients of pull
 * requests, reviews, merges, checks and commit statuses need, in GitHub's own shapes, words and status codes. Each
 * resource of the REST interface stands in a file of its own; {@link dev.bastion.sandbox.github.Actor} does what people do
 * on GitHub's pages. Knows nothing of what the repository holds, nor of who reacts to a push.
 */
@NullMarked
package dev.bastion.sandbox.github;

import org.jspecify.annotations.NullMarked;
