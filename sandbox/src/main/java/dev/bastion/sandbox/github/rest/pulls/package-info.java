/**
 * REST endpoints of pull requests: reviews, review requests, comments, labels, merges. They translate between HTTP and
 * {@code github.pulls}; what happens to a pull request is decided there.
 */
@NullMarked
package dev.bastion.sandbox.github.rest.pulls;

import org.jspecify.annotations.NullMarked;
