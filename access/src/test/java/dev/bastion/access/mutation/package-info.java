/**
 * The check of a module's mutation tests: every mutant that no test kills is accepted by name, with its reason.
 */
@NullMarked
package dev.bastion.access.mutation;

import org.jspecify.annotations.NullMarked;
