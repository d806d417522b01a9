/** Players without an engine: bots, and a view of the surroundings as text. */
package dev.planetary.launcher.play;
