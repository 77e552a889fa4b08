package io.ftpalg.live;

/**
 * How much of its limits a gateway uses at one moment. Sessions and ports are those of its predecessors too, as far as they count
 * against its limits.
 *
 * @param sessions sessions, those whose last reply is on its way included
 * @param sessionLimit how many there may be
 * @param passivePorts data ports of clients in use
 * @param passivePortLimit how many there are; 0 if any port of the system will do
 */
public record GatewayUsage(int sessions, int sessionLimit, int passivePorts, int passivePortLimit) {}
