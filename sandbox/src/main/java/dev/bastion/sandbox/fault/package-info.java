/**
 * Faults as people and tests switch them on: a name, a sentence and a switch for each. Knows no platform's protocol.
 */
@NullMarked
package dev.bastion.sandbox.fault;

import org.jspecify.annotations.NullMarked;
