/**
 * The checks of {@code bastion doctor} that need several modules, and its table. Knows settings and policy files; changes
 * nothing anywhere.
 */
@NullMarked
package dev.bastion.app.diagnosis;

import org.jspecify.annotations.NullMarked;
