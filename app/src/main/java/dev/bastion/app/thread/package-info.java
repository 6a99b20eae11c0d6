/** Threads that end with the service. */
@NullMarked
package dev.bastion.app.thread;

import org.jspecify.annotations.NullMarked;
