/**
 * Ports that forward to another implementation of themselves, for those that add one thing to it: a log, a measurement, a
 * fact. Knows the ports alone.
 */
@NullMarked
package dev.bastion.access.forwarding;

import org.jspecify.annotations.NullMarked;
