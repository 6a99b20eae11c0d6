/** What the demo believes: each of its reviews must be able to say no. */
package dev.bastion.sandbox.demo;
