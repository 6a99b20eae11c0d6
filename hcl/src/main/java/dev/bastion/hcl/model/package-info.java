/**
 * What other modules may name: paths, values, spans and the error of this module. Knows only {@code java.*}.
 */
@NullMarked
package dev.bastion.hcl.model;

import org.jspecify.annotations.NullMarked;
