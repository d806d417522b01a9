/** Other processes of the game: a host and its players, each with a JVM of its own. */
package dev.planetary.launcher.process;
