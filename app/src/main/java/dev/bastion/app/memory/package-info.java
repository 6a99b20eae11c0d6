/** The memory that the process holds. */
@NullMarked
package dev.bastion.app.memory;

import org.jspecify.annotations.NullMarked;
