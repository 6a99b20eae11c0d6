/** What several replicas of the service share, and what comes between one of them and the rest. */
@NullMarked
package dev.bastion.sandbox.replica;

import org.jspecify.annotations.NullMarked;
