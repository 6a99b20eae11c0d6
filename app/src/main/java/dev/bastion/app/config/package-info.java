/**
 * Settings, access policy and people: read and checked, with all problems reported at once.
 */
@NullMarked
package dev.bastion.app.config;

import org.jspecify.annotations.NullMarked;
