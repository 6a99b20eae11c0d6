@NullMarked
package dev.bastion.layout.state;

import org.jspecify.annotations.NullMarked;
