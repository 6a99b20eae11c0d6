@NullMarked
package dev.bastion.layout;

import org.jspecify.annotations.NullMarked;
