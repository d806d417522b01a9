/** A game in one process, without network or cells, for the tests of plugins. */
package dev.planetary.core.standalone;
