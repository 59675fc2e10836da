package dev.cosell.http;

/**
 * A request body that is no JSON.
 *
 * @param type    the content type, with its parameters
 * @param content sent in UTF-8
 */
public record Text(String type, String content) {}
