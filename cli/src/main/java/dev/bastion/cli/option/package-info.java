/** Options that several commands share, and the subcommands of a command. */
@NullMarked
package dev.bastion.cli.option;

import org.jspecify.annotations.NullMarked;
