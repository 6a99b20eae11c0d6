/**
 * What people can do while git does not answer. Knows the use cases; must not be needed by them.
 */
@NullMarked
package dev.bastion.access.outage;

import org.jspecify.annotations.NullMarked;
