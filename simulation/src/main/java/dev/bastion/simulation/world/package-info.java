/**
 * The world around the service: a clock, the work that is due, and GitHub, Slack, CI and AWS, all moved by the simulation alone.
 * It knows nothing of the service.
 */
@NullMarked
package dev.bastion.simulation.world;

import org.jspecify.annotations.NullMarked;
