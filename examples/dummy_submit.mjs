#!/usr/bin/env node
// A task of a batch job that says what it was given: each argument as it arrived.
//
//   bye-splits submit --config examples/dummy_submit.yaml --engine local
const words = process.argv.slice(2);
for (let at = 0; at < words.length; at += 2) {
  console.log(`Passed ${words[at + 1]} for ${words[at]}.`);
}
