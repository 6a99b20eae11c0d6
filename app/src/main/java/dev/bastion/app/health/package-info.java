/**
 * Health, readiness and metrics over HTTP.
 */
@NullMarked
package dev.bastion.app.health;

import org.jspecify.annotations.NullMarked;
