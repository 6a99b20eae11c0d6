/**
 * The commit message as audit schema: one class renders it and another parses it. Knows the environment file's values;
 * must not know JGit.
 */
@NullMarked
package dev.bastion.ledger.entry;

import org.jspecify.annotations.NullMarked;
