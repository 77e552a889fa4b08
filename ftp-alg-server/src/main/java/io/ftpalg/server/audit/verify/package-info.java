/**
 * The command {@code ftp-alg audit}: {@code AuditCommand} has {@code VerifyCommand} below it, which reads files by
 * {@link io.ftpalg.server.audit.verify.ChainVerifier}. It uses {@code audit.record} only.
 */
@NullMarked
package io.ftpalg.server.audit.verify;

import org.jspecify.annotations.NullMarked;
