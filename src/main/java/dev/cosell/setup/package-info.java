/**
 * Makes a CRM ready for the sync: what is wanted ({@link dev.cosell.setup.Blueprint}) minus what is there
 * ({@link dev.cosell.setup.Present}) is a list of gaps, which each CRM's own class turns into steps.
 */
package dev.cosell.setup;
