/** The opening of a grant: announced, recorded and shown. Must not know who decided it. */
@NullMarked
package dev.bastion.access.opening;

import org.jspecify.annotations.NullMarked;
