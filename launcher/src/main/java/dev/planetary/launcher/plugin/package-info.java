/** Finding plugins: each jar or sub-folder becomes a module layer of its own, so that none can spoil another. */
package dev.planetary.launcher.plugin;
