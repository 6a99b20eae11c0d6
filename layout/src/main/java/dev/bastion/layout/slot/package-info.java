/** The slots of environments: several bastions of one environment, for one person each. */
@NullMarked
package dev.bastion.layout.slot;

import org.jspecify.annotations.NullMarked;
