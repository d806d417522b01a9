/**
 * What lies between a session and its datagrams: which datagrams arrived, what was lost, how many bytes may go, and the transaction lane,
 * whose records are cut into the same datagrams and repeated until acknowledged. Both directions use the same classes.
 */
package dev.planetary.core.lane;
