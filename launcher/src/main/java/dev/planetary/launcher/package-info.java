/** Where a process begins and ends: arguments in, exit code out. */
package dev.planetary.launcher;
