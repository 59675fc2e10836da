'use strict';

// Opens and saves each file of the first argument's folder as Kaoto does and writes it to the folder of the second one. Kaoto's package is
// fetched without its dependencies, the editor's user interface; its serializer is run, on the library yaml that it asks for.

const { createHash } = require('node:crypto');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const PACKAGE = '@kaoto/kaoto@2.7.1';
const INTEGRITY = 'sha512-0AuIAROur568M9pFeLr/1KufQRq3ddRf+HRGI6/kUha4rY/jE5/AwVwSD0EYZOR2xnkX+7yTnVn/n9AxntND4w==';
const SERIALIZER = 'package/lib/esm/serializers/yaml-camel-resource-serializer.js';
const SORTER = 'package/lib/esm/utils/create-camel-properties-sorter.js';
const RESOURCE = 'package/lib/esm/models/camel/camel-route-resource.js';

function fetchKaoto() {
  if (fs.existsSync('serializer.mjs')) {
    return;
  }
  const archive = execFileSync('npm', ['pack', PACKAGE, '--silent', '--ignore-scripts'], { encoding: 'utf8' }).trim();
  const sum = `sha512-${createHash('sha512').update(fs.readFileSync(archive)).digest('base64')}`;
  if (sum !== INTEGRITY) {
    throw new Error(`${archive} is not the package that was tried: ${sum}`);
  }
  execFileSync('tar', ['xzf', archive, SERIALIZER, SORTER, RESOURCE, 'package/LICENSE']);
  fs.rmSync(archive);
  fs.copyFileSync(SORTER, 'sorter.mjs');
  // Of what it imports besides the library, one constant and the question "is it XML?" count here.
  fs.writeFileSync('serializer.mjs', fs.readFileSync(SERIALIZER, 'utf8')
    .replace(/^import \{ SerializerType \}.*$/m, "const SerializerType = { YAML: 'YAML' };")
    .replace(/^import \{ isXML \}.*$/m, 'const isXML = () => false;'));
}

async function main([from, to]) {
  fetchKaoto();
  const { YamlCamelResourceSerializer } = await import(pathToFileURL(path.resolve('serializer.mjs')));
  const { createCamelPropertiesSorter } = await import(pathToFileURL(path.resolve('sorter.mjs')));
  const order = JSON.parse(/"PARAMETERS_ORDER"[^[]*(\[[^\]]*\])/.exec(fs.readFileSync(RESOURCE, 'utf8'))[1].replaceAll("'", '"'));
  fs.mkdirSync(to, { recursive: true });
  for (const file of fs.readdirSync(from).filter((name) => name.endsWith('.camel.yaml'))) {
    const serializer = new YamlCamelResourceSerializer();
    const elements = serializer.parse(fs.readFileSync(path.join(from, file), 'utf8'));
    const saved = serializer.serialize({ sortFn: createCamelPropertiesSorter(order), toJSON: () => elements });
    fs.writeFileSync(path.join(to, file), saved);
    console.log(JSON.stringify({ case: file }));
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.stack);
  process.exit(1);
});
