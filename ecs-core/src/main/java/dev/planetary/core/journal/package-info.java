/**
 * What makes a world outlive its process: a journal of what approved requests did, durable before anybody is told, and snapshots that it begins anew at.
 * Nothing here knows what the bytes mean.
 */
package dev.planetary.core.journal;
