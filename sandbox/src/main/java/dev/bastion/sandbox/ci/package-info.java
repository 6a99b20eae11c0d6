/**
 * The CI of the sandbox, as the workflows for the environments are. A push is looked at from its old head to its new one, and
 * each environment that changed between them is applied in a fresh clone by running the launcher. Applies of one environment
 * follow one another and none is dropped; different environments run side by side. A pull request is planned at its head,
 * with the base branch's modules, and told below what that came to; a newer head cancels that of an older one. Knows the environments' directory
 * layout and the launcher's command line, nothing else of the service.
 */
@NullMarked
package dev.bastion.sandbox.ci;

import org.jspecify.annotations.NullMarked;
