/** The smallest plugin: weather. */
package dev.planetary.example.weather;
