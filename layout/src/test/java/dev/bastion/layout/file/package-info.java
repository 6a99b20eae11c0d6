@NullMarked
package dev.bastion.layout.file;

import org.jspecify.annotations.NullMarked;
