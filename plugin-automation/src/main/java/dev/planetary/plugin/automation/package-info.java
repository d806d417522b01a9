/** The automation domain. */
package dev.planetary.plugin.automation;
