/** What carries datagrams between a host and its clients: a small interface that Aeron, the simulated network, or another fills. */
package dev.planetary.core.transport;
