/** What other modules fill to add measured cases ({@code bench}) and faults ({@code chaos}) to the command line. */
package dev.planetary.launcher.spi;
