@NullMarked
package dev.bastion.simulation;

import org.jspecify.annotations.NullMarked;
