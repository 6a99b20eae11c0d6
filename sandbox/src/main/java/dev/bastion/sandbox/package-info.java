/**
 * A world to try the service in: Slack, GitHub, CI and AWS by their own protocols. Must not know a class of the service.
 */
@NullMarked
package dev.bastion.sandbox;

import org.jspecify.annotations.NullMarked;
