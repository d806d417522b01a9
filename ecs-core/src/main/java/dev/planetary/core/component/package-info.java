/** The few components that all domains share, with their codecs. */
package dev.planetary.core.component;
