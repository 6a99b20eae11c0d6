/**
 * REST endpoints of what git holds: branches, refs, commits, files, and the statuses and check runs of commits. Know nothing
 * of pull requests.
 */
@NullMarked
package dev.bastion.sandbox.github.rest.commits;

import org.jspecify.annotations.NullMarked;
