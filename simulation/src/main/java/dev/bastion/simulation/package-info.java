/**
 * The simulation: operations from a seed, played one after another, and what they came to. It knows the world, the service and
 * the model; none of them knows it.
 */
@NullMarked
package dev.bastion.simulation;

import org.jspecify.annotations.NullMarked;
