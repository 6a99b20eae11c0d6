@NullMarked
package dev.bastion.layout.shape;

import org.jspecify.annotations.NullMarked;
