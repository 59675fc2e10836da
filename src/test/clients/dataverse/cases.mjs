// Runs cases one after the other and tells each of them as one JSON line: {"case": …} or {"case": …, "failure": …}.
import assert from "node:assert/strict";

const all = [];

export function when(name, run) {
  all.push({ name, run });
}

export async function runAll(before) {
  for (const { name, run } of all) {
    const told = { case: name };
    try {
      await before();
      await run();
    } catch (error) {
      told.failure = error.stack + (error.status ? `\nHTTP ${error.status}, code ${error.code}` : "");
    }
    console.log(JSON.stringify(told));
  }
}

/** The error that a call ends with, which must have this status and code. */
export async function refused(call, status, code) {
  let error;
  try {
    await call;
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error, "the call went through");
  assert.equal(error.status, status, error.message);
  assert.equal(error.code, code, error.message);
  return error;
}
