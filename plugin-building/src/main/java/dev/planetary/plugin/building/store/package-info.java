/** What players and stores hold, who may use it, and who contributed what. */
package dev.planetary.plugin.building.store;
