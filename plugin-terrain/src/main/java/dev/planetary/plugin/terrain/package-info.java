/** The terrain domain. */
package dev.planetary.plugin.terrain;
