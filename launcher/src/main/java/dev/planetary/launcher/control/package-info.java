/** How a demo and its processes talk: commands on standard input, answers as lines of JSON, and the comparison of what each side holds. */
package dev.planetary.launcher.control;
