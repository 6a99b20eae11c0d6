/** What the sandbox needs of the machine it runs on: free ports, and programs. */
@NullMarked
package dev.bastion.sandbox.machine;

import org.jspecify.annotations.NullMarked;
