/** The players domain. */
package dev.planetary.plugin.players;
