/** GitHub over real sockets, by JGit and by plain HTTP. */
package dev.bastion.sandbox.github;
