/** Admission of clients: {@link io.ftpalg.server.gate.NetworkGate} and {@link io.ftpalg.server.gate.MaintenanceGate}. */
@NullMarked
package io.ftpalg.server.gate;

import org.jspecify.annotations.NullMarked;
