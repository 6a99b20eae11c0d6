/** The service in the simulation: its real parts, wired to the world through gates at which it can be killed. */
@NullMarked
package dev.bastion.simulation.service;

import org.jspecify.annotations.NullMarked;
