package io.ftpalg.server.users;

/** A password's hash, as a password file has it. Immutable; any thread, but none that must not be kept: checks take long. */
sealed interface PasswordHash permits BcryptHash, Argon2Hash {

    /** Returns whether this is the password. Takes as long whether it is or not. */
    boolean matches(byte[] password);

    /** Returns what a check costs: equal for two hashes whose checks take the same time. */
    String cost();
}
