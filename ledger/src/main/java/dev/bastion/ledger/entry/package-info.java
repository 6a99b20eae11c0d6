/**
 * The commit message as audit schema: one class renders it and one parses it back. Knows the environment file's values;
 * must not know JGit.
 */
@NullMarked
package dev.bastion.ledger.entry;

import org.jspecify.annotations.NullMarked;
