/** The transport on Aeron (one unreliable stream each way per player, over response channels) and the search for sessions by UDP multicast. */
package dev.planetary.net.aeron;
