/**
 * The simulated GitHub: git over HTTP for one bare repository, and the part of GitHub's REST API that clients of pull requests,
 * reviews, merges, checks and commit statuses need, with GitHub's own JSON, messages and status codes.
 * {@link dev.bastion.sandbox.github.GitHub} wires it; {@link dev.bastion.sandbox.github.GitHubUser} does what people do on
 * GitHub's pages. Knows nothing of what the repository contains, of who reacts to a push, or of another part of the sandbox.
 * <p>
 * Its packages are layers, each of which sees only those after it: transport, rest.pulls, rest.commits, rest.repository, rest,
 * merge, rules, status, pulls, git, account, fault.
 */
@NullMarked
package dev.bastion.sandbox.github;

import org.jspecify.annotations.NullMarked;
