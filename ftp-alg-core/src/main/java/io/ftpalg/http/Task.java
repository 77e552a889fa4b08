package io.ftpalg.http;

/** What is done once the login is: its commands, one after the other. Owned by its conversation. */
abstract class Task {
    private final Steps steps;

    Task(Steps steps) {
        this.steps = steps;
    }

    final Steps steps() {
        return steps;
    }

    final FileRequest request() {
        return steps.request();
    }

    abstract void start();

    /** The body of the request was sent. */
    void onUploaded() {}
}
