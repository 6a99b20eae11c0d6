/**
 * The traces of grants. {@link dev.bastion.app.trace.GrantTracing} puts a decorator around each port that a step goes through;
 * {@link dev.bastion.app.trace.OtelTrace} alone knows OpenTelemetry.
 */
@NullMarked
package dev.bastion.app.trace;

import org.jspecify.annotations.NullMarked;
