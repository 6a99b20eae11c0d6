/**
 * The forge of the sandbox: git over HTTP for one bare repository, and of GitHub's REST interface what a client of commit
 * statuses needs, in GitHub's own shapes. Each resource of the REST interface stands in a file of its own. Knows nothing
 * of what the repository holds, nor of who reacts to a push.
 */
@NullMarked
package dev.bastion.sandbox.github;

import org.jspecify.annotations.NullMarked;
