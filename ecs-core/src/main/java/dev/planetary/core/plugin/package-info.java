/** What a plugin author meets: the plugin itself, what it registers, and the capabilities that domains ask of each other. */
package dev.planetary.core.plugin;
