/**
 * The CI of the sandbox, as the workflow for the environments is: a push is looked at from its old head to its new one, and
 * each environment that changed between them is applied in a fresh clone by running the launcher. Runs of one environment
 * follow one another and none is dropped; different environments run side by side. Knows the environments' directory
 * layout and the launcher's command line, nothing else of the service.
 */
@NullMarked
package dev.bastion.sandbox.ci;

import org.jspecify.annotations.NullMarked;
