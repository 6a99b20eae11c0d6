/**
 * The content of an environment file: its shape, and where the five audit values are in it. Must not know which files a
 * repository has.
 */
@NullMarked
package dev.bastion.layout.file;

import org.jspecify.annotations.NullMarked;
