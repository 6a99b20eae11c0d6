/**
 * The environment file: its five audit values read and written, and manual edits found. Must not know commits or JGit.
 */
@NullMarked
package dev.bastion.ledger.file;

import org.jspecify.annotations.NullMarked;
