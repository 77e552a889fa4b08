/**
 * The calls of the operating system that neither Java nor Netty has: one class, by JNA, on every JDK.
 *
 * <p>Imports no other package, and is the only one that uses JNA.
 */
@NullMarked
package io.ftpalg.system;

import org.jspecify.annotations.NullMarked;
