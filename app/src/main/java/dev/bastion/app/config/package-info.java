/**
 * Settings, the access policy and people: read, checked, and every problem told at once.
 */
@NullMarked
package dev.bastion.app.config;

import org.jspecify.annotations.NullMarked;
