/**
 * Screenshots of web pages by a headless Chromium, driven over the DevTools protocol. Knows nothing of the sandbox: an
 * address, JavaScript conditions and a PNG file are all it deals with.
 */
@NullMarked
package dev.bastion.sandbox.screenshot;

import org.jspecify.annotations.NullMarked;
