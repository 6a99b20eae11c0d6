/** Options that several commands share. */
@NullMarked
package dev.bastion.cli.option;

import org.jspecify.annotations.NullMarked;
