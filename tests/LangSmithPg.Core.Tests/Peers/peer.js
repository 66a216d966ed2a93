'use strict';

// One connection string as JSON on each line in, what the pg-connection-string in the named folder makes of it as JSON on each line out.
const { parse } = require(process.argv[2]);

const read = (text) => {
  try {
    const { host, port, database, user, password } = parse(text);
    return { host, port, database, user, password };
  } catch {
    return null;
  }
};

process.stdin.setEncoding('utf8');
let input = '';
process.stdin.on('data', (chunk) => { input += chunk; });
process.stdin.on('end', () => {
  const lines = input.split('\n').filter((line) => line.length > 0);
  process.stdout.write(lines.map((line) => JSON.stringify(read(JSON.parse(line)))).join('\n') + '\n');
});
