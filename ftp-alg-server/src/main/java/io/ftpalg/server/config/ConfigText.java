package io.ftpalg.server.config;

/**
 * A value as the config file has it, variables replaced.
 *
 * @param text the value; of a file, its path resolved against the folder of the config file
 * @param value its meaning, of the type of its key
 * @param at where it stands
 */
public record ConfigText(String text, Object value, ConfigPlace at) {}
