/**
 * Git over HTTP: authentication, faults and rules on the way in, push events on the way out. Knows nothing of the REST
 * endpoints.
 */
@NullMarked
package dev.bastion.sandbox.github.transport;

import org.jspecify.annotations.NullMarked;
