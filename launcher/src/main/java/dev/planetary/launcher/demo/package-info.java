/** A host and its bots, each a process of its own: started, watched, disturbed and compared. */
package dev.planetary.launcher.demo;
