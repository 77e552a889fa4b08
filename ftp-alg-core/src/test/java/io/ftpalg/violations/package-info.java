/** Breaks each rule of {@link io.ftpalg.ArchitectureTest} once, in packages named as those of the gateway. */
package io.ftpalg.violations;
