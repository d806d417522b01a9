/** The smallest plugin. */
package dev.planetary.example.weather;
