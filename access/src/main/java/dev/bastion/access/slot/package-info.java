/**
 * Which of an environment's slots is meant: by a request, and by a person who types the environment's name. Each slot is an
 * environment of its own to everything else (docs/adr/0028-slots.md).
 */
@NullMarked
package dev.bastion.access.slot;

import org.jspecify.annotations.NullMarked;
