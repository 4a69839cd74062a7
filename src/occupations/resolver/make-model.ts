import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from '../../config/paths.js';
import { LABELS, readLabels } from '../labels.js';
import { unitGroups } from '../unit-groups.js';
import { decodeHash, encodeModel, hashOfSources } from './model-file.js';
import { trainTitleModel } from './train.js';

/**
 * `node make-model.js <file> [<older file>]`: the model of the labels as they are now. One that was made from the same labels by the
 * same code is copied instead of being trained again.
 */
function main([file, older]: string[]): void {
  if (file === undefined) throw new Error('Which file?');
  const codes = unitGroups().map(({ isco }) => isco);
  const hash = hashOfSources([LABELS, fromRoot('data', 'occupations', 'occupations.csv'), import.meta.dirname]);
  if (older !== undefined && existsSync(older)) {
    const bytes = readFileSync(older);
    if (decodeHash(bytes) === hash) {
      writeFileSync(file, bytes);
      return;
    }
  }
  writeFileSync(file, encodeModel(hash, trainTitleModel(readLabels(), codes)));
}

main(process.argv.slice(2));
