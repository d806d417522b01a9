/** "What changed in this cell since stamp T?": the mirror, the cells, who answers for them, and who reads the answers. */
package dev.planetary.core.cell;
