package dev.planetary.launcher.plugin;

import java.util.Set;

/**
 * Why a jar gives no usable plugin.
 *
 * @param sentence names the jar and what is wrong.
 * @param mend     what to do.
 * @param plugins  names of the plugins that it spoils; empty where the jar did not come to have any.
 */
public record PluginProblem(String sentence, String mend, Set<String> plugins) {
}
