/**
 * HTTP between the service's clients and the servers of the sandbox, without a socket or a thread: what a client sends is handed to
 * the server's servlet in the caller's thread.
 */
@NullMarked
package dev.bastion.simulation.http;

import org.jspecify.annotations.NullMarked;
