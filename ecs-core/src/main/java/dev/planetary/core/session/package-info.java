/** Hosts, clients and the sessions between them: seats, handshake, datagrams, requests, and the two loops. */
package dev.planetary.core.session;
