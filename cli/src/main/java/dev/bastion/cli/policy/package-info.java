/**
 * The policy on trial: what it answers to a question, on files that are not in force yet. Knows the files and the rules;
 * must not know Slack or the forge.
 */
@NullMarked
package dev.bastion.cli.policy;

import org.jspecify.annotations.NullMarked;
