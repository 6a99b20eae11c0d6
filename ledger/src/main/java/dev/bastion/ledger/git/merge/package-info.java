/** The merge of file contents, as git makes it. */
@NullMarked
package dev.bastion.ledger.git.merge;

import org.jspecify.annotations.NullMarked;
