/** The commands, a file each. */
package dev.planetary.launcher.command;
