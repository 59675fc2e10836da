'use strict';

// Runs all cases against the sandbox whose address is the only argument. Each case prints one line of JSON; the last line says
// that the run came to its end.

const url = process.argv[2];
const suites = ['login', 'metadata', 'records', 'collections', 'query', 'errors', 'composite', 'replication', 'search', 'requests', 'streaming'];

function print(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

async function main() {
  for (const suite of suites) {
    const cases = require(`./${suite}`)(url);
    for (const [name, body] of Object.entries(cases)) {
      try {
        await body();
        print({ case: `${suite}: ${name}` });
      } catch (error) {
        print({ case: `${suite}: ${name}`, failure: error.stack || String(error) });
      }
    }
  }
  print({ end: true });
}

main().then(() => process.exit(0), (error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
