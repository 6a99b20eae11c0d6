/**
 * Failed calls to other systems. Must not know which client failed.
 */
@NullMarked
package dev.bastion.access.fault;

import org.jspecify.annotations.NullMarked;
