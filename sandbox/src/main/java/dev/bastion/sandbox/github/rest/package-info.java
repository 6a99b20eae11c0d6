/**
 * The frame of the REST API: authentication, rate limits, paging, ETags, and the JSON that all endpoints share. Knows no endpoint:
 * those are in the packages below it by name and above it by layer.
 */
@NullMarked
package dev.bastion.sandbox.github.rest;

import org.jspecify.annotations.NullMarked;
