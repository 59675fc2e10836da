#!/usr/bin/env bash
# Kaoto 2.7.1 (npm @kaoto/kaoto, with yaml 2.9.1): a literal block ("|") that is opened and saved without a change comes back folded (">") when
# a line is wider than 80 columns, and a "#" line anywhere but at the very top of the file is gone. The data are the same, the rows of a table are not
# to be recognised.
#
# Needs Node.js 18 or newer with npm, and tar. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --ignore-scripts --no-audit --no-fund --prefix . yaml@2.9.1
npm pack --silent --ignore-scripts @kaoto/kaoto@2.7.1 >/dev/null
serializer=package/lib/esm/serializers/yaml-camel-resource-serializer.js
tar xzf kaoto-kaoto-2.7.1.tgz "$serializer"
# What it imports besides yaml belongs to the user interface and to XML.
sed -e "s/^import { SerializerType }.*/const SerializerType = { YAML: 'YAML' };/" -e 's/^import { isXML }.*/const isXML = () => false;/' "$serializer" > serializer.mjs
cat > before.yaml <<'YAML'
# At the top.
- beans:
    # Above a bean.
    - name: fields
      type: com.example.Table
      properties:
        rows: |
          # One field                 | The other field                                    | how               | wins
          Amount                      | details.dealValue                                  | money             | left wins
YAML
cat > save.mjs <<'JS'
import fs from 'node:fs';
import { parse } from 'yaml';
import { YamlCamelResourceSerializer } from './serializer.mjs';
const before = fs.readFileSync('before.yaml', 'utf8');
const kaoto = new YamlCamelResourceSerializer();
const elements = kaoto.parse(before);
const after = kaoto.serialize({ toJSON: () => elements });
console.log(after);
console.log(`same data: ${JSON.stringify(parse(before)) === JSON.stringify(parse(after))}`);
JS
out=$(node save.mjs)
echo "@kaoto/kaoto 2.7.1, yaml 2.9.1: opened and saved"
echo "$out"
grep -q 'rows: >' <<<"$out" && grep -q '^# At the top.' <<<"$out" && grep -q '# One field' <<<"$out" && ! grep -q '# Above a bean' <<<"$out" && grep -q 'same data: true' <<<"$out"
