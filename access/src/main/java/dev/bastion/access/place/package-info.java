/** The accounts and regions in which bastions run. */
@NullMarked
package dev.bastion.access.place;

import org.jspecify.annotations.NullMarked;
