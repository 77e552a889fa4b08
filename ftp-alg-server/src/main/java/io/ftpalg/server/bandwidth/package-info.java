/**
 * The bandwidth of transfers: {@link io.ftpalg.server.bandwidth.Bandwidths} is the policy of a gateway, of a
 * {@link io.ftpalg.server.bandwidth.SharedRate} for each that shares one, kept in a {@code RateTable} where clients choose which.
 *
 * <p>Imports {@code settings} only.
 */
@NullMarked
package io.ftpalg.server.bandwidth;

import org.jspecify.annotations.NullMarked;
