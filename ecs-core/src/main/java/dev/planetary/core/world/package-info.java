/** Entities with network ids, their components, queries and marks; Dominion stores, the world keeps identity, order and change. */
package dev.planetary.core.world;
