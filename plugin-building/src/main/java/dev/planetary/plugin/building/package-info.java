/** The building domain. */
package dev.planetary.plugin.building;
