package io.ftpalg.http;

/** A request that is refused before anything is opened. Stackless: requests are made by anyone. */
public final class HttpRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * Makes it.
     *
     * @param status the status of the response, 400 to 599
     * @param text what is wrong and what to do, of the gateway's own words only
     */
    public HttpRefusal(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    static HttpRefusal bad(String text) {
        return new HttpRefusal(400, text);
    }

    /** Returns the status of the response. */
    public int status() {
        return status;
    }

    /** Returns the text of the response. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
