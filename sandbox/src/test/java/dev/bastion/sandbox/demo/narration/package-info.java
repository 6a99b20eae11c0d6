/** What the demo prints. */
package dev.bastion.sandbox.demo.narration;
