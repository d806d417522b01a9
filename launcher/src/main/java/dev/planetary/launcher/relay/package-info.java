/** A UDP relay with link faults, a process of its own between real hosts and clients. */
package dev.planetary.launcher.relay;
