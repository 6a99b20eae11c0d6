/** This process as one of several replicas: what it does because it leads, and what they claim from one another. */
@NullMarked
package dev.bastion.app.replica;

import org.jspecify.annotations.NullMarked;
