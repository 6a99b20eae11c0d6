/** CI with a script for a launcher, on pushes to a real repository. */
package dev.bastion.sandbox.ci;
