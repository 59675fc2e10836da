import { control } from "./client.mjs";
import { runAll } from "./cases.mjs";
import "./rows.mjs";
import "./queries.mjs";
import "./changes.mjs";
import "./actions.mjs";
import "./batch.mjs";
import "./metadata.mjs";
import "./refusals.mjs";
import "./webhooks.mjs";
import "./people.mjs";
import "./signin.mjs";

await runAll(() => control("reset"));
