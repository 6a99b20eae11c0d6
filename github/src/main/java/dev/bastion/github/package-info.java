/**
 * The port to GitHub: pull requests, reviews, commit statuses, and the problems that rules would cause. This module alone
 * knows the GitHub API.
 */
@NullMarked
package dev.bastion.github;

import org.jspecify.annotations.NullMarked;
