/** The creatures domain. */
package dev.planetary.plugin.creatures;
