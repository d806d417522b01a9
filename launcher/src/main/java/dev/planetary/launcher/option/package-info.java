/** Options: where their values come from, what fits them, and the groups that commands share. */
package dev.planetary.launcher.option;
