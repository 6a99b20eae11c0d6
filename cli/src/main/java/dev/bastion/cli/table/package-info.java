/** An answer with rows and columns, written as a table for people, as CSV or as JSON. Must not know what is in it. */
@NullMarked
package dev.bastion.cli.table;

import org.jspecify.annotations.NullMarked;
