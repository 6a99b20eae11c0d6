/** Tests of slots. */
@NullMarked
package dev.bastion.access.slot;

import org.jspecify.annotations.NullMarked;
