/**
 * What must hold after each operation. It reads the world, by code of its own where the service's could be wrong: git's commits,
 * Slack's messages, the instances.
 */
@NullMarked
package dev.bastion.simulation.model;

import org.jspecify.annotations.NullMarked;
