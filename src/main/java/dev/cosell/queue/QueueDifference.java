package dev.cosell.queue;

/**
 * Something about a queue of an outside broker that is not as the sync needs it.
 *
 * @param queue  its name
 * @param said   what differs and what comes of it
 * @param remedy what the broker's administrator does about it
 */
public record QueueDifference(String queue, String said, String remedy) {}
