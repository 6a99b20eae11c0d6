@org.jspecify.annotations.NullMarked
package dev.bastion.sandbox.session;
