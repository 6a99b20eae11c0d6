/**
 * The simulated CI, which does what the workflows do for environments. A push is compared from its old head to its new one, and
 * what changed is applied in a fresh clone by running the launcher, in one run for the push or one for each environment. Applies
 * of one queue run in order and none is dropped. What a pull request changes is planned in one
 * run, at its head with the default branch's modules; a newer head cancels the plan of the older one. Knows the environments' directory layout and the
 * launcher's command line, nothing else of the service.
 */
@NullMarked
package dev.bastion.sandbox.ci;

import org.jspecify.annotations.NullMarked;
