/**
 * The command {@code init}, which writes the configuration of a ledger into a git repository. Knows the parsers of each
 * file, and the product's own files, which are the templates; must not change a file that is there.
 */
@NullMarked
package dev.bastion.cli.init;

import org.jspecify.annotations.NullMarked;
