/** The page in a browser: Debian's chromium and chromium-driver, found on the PATH. */
@NullMarked
package dev.bastion.sandbox.page;

import org.jspecify.annotations.NullMarked;
