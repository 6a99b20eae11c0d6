/**
 * Faults that tests and the page switch on, and GitHub's refusals as exceptions. Knows nothing else of GitHub.
 */
@NullMarked
package dev.bastion.sandbox.github.fault;

import org.jspecify.annotations.NullMarked;
