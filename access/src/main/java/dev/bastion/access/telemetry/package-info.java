/**
 * What the people who run the service see of its work: the fields of its log lines and the steps of its traces. It knows the
 * values of a grant, no logger and no tracing library.
 */
@NullMarked
package dev.bastion.access.telemetry;

import org.jspecify.annotations.NullMarked;
