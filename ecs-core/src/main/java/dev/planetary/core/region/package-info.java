/** The region: the square kilometre in which players, cells and bytes are counted. */
package dev.planetary.core.region;
