/**
 * Commit statuses, pull requests, reviews. The only place that knows the GitHub API.
 */
@NullMarked
package dev.bastion.github;

import org.jspecify.annotations.NullMarked;
