@org.jspecify.annotations.NullMarked
package dev.bastion.sandbox.screenshot;
