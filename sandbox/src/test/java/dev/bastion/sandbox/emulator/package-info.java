/** The emulator by itself: needs terraform and a python with moto. */
package dev.bastion.sandbox.emulator;
