package io.ftpalg.server.config;

/**
 * A value as the config file has it, variables replaced.
 *
 * @param text the value; of a file, its path resolved against the folder of the config file
 * @param at where it stands
 */
public record ConfigText(String text, ConfigPlace at) {
}
