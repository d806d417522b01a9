/** Reads builds that other programs saved: which block is where, whatever the format. Knows no parts. */
package dev.planetary.plugin.building.schematic;
