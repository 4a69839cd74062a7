// Makes data/occupations/near-occupations.csv from the English files of ESCO v1.1.1 (not kept here; download "ESCO dataset v1.1.1,
// classification, en, csv" from esco.ec.europa.eu): node scripts/near-occupations.mjs <folder with ISCOGroups_en.csv, occupations_en.csv>
//
// The similarity of two unit groups of ISCO-08, in [0,1], the same in both directions:
//
//   similarity = level × min(1, 0.3·structure + 0.5·text + 0.2·named)
//
//   structure  1 in one minor group (three digits shared), 0.5 in one sub-major group, 0.2 in one major group, else 0. Minor groups
//              that only gather professions with trainings of their own (GATHERED) count as a sub-major group.
//   text       min(1, cos / 0.3), cos the cosine of the TF-IDF vectors of both groups: their own title and definition in ISCO-08,
//              labels, alternative labels and descriptions of their ESCO occupations. Term frequency 1 + ln f, with labels weighing 3
//              and alternative labels 0.5; inverse document frequency ln(436 / groups with the word).
//   named      1 when the definition of one names the other under "Some related occupations classified elsewhere" (ILO), else 0.
//   level      1 at the same skill level of ISCO-08, 0.8 one apart, 0.5 further apart.
//
// Calibrated to the thresholds of Nesta, Mapping Career Causeways (2020): viable from 0.3, highly viable from 0.4. The cosine of pairs in
// different major groups passes 0.18 in 1 of 100, and 0.18 alone gives 0.3 there; the cosine of the middle pair of one minor group,
// 0.14, gives 0.53. Printed after each making: the share of viable and highly viable pairs by shared digits.
//
// Kept for each group: its 12 nearest, and everything from 0.3 on.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Say in which folder the files of ESCO are.');
  process.exit(2);
}
const NEAREST = 12;
const VIABLE = 0.3;
const HIGHLY_VIABLE = 0.4;
const FULL_COSINE = 0.3;
/** As in src/matching/core/chance.ts. */
const GATHERED = new Set(['214', '216', '226', '261', '263', '264', '265', '321', '325']);

const read = (ending) => {
  const name = readdirSync(folder).find((one) => one.endsWith(ending));
  if (name === undefined) throw new Error(`No file ${ending} in ${folder}.`);
  return parse(readFileSync(join(folder, name), 'utf8'), { columns: true, bom: true });
};
const groups = read('ISCOGroups_en.csv').filter(({ CODE }) => CODE.length === 4);
const occupations = read('occupations_en.csv');

const STOP = new Set(
  `a all an and any are as at be by can classified different each elsewhere ensure ensuring etc example examples for from group groups
   in include included includes including into is it its may more not occupation occupations of on or other perform performed performing
   such task tasks than that the their them these they this those to unit use used using various well when where which who will with
   within work worker workers working works both`.split(/\s+/),
);
const stem = (word) =>
  word.replace(/ies$/, 'y').replace(/(?:ations?|ings?|ers?|ors?|ed|es|s)$/, (ending, at) => (at >= 3 ? '' : ending));
const wordsOf = (text) =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2 && !STOP.has(word))
    .map(stem);

const counts = new Map(groups.map(({ CODE }) => [CODE, new Map()]));
const named = new Map();
const count = (code, text, weight) => {
  const own = counts.get(code);
  for (const word of wordsOf(text)) own.set(word, (own.get(word) ?? 0) + weight);
};
const ELSEWHERE = /related occupations classified elsewhere/i;
for (const { CODE, PREFERREDLABEL, DESCRIPTION } of groups) {
  count(CODE, PREFERREDLABEL, 3);
  count(CODE, DESCRIPTION.split(/related occupations classified elsewhere|Excluded from|Notes?\n/i)[0], 1);
  const at = DESCRIPTION.search(ELSEWHERE);
  const list = at < 0 ? '' : DESCRIPTION.slice(at).split(/\nNotes?/)[0];
  named.set(CODE, new Set([...list.matchAll(/[-–]\s*(\d{4})\b/g)].map(([, code]) => code)));
}
for (const { ISCOGROUPCODE, PREFERREDLABEL, ALTLABELS, DESCRIPTION } of occupations) {
  if (!counts.has(ISCOGROUPCODE)) continue;
  count(ISCOGROUPCODE, PREFERREDLABEL, 3);
  count(ISCOGROUPCODE, ALTLABELS, 0.5);
  count(ISCOGROUPCODE, DESCRIPTION, 1);
}

const groupsWith = new Map();
for (const own of counts.values()) for (const word of own.keys()) groupsWith.set(word, (groupsWith.get(word) ?? 0) + 1);
const vectors = new Map(
  [...counts].map(([code, own]) => {
    const weights = [...own]
      .filter(([word]) => groupsWith.get(word) > 1)
      .map(([word, f]) => [word, (1 + Math.log(Math.max(f, 1))) * Math.log(groups.length / groupsWith.get(word))]);
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
    return [code, new Map(weights.map(([word, weight]) => [word, weight / length]))];
  }),
);
const cosine = (a, b) => {
  let sum = 0;
  for (const [word, weight] of vectors.get(a)) sum += weight * (vectors.get(b).get(word) ?? 0);
  return sum;
};

/** As in src/occupations/transitions/skill-level.ts. */
const skillLevel = (isco) => {
  const bySubMajor = { '01': 4, '02': 2, '03': 1, 14: 3 }[isco.slice(0, 2)];
  return bySubMajor ?? { 1: 4, 2: 4, 3: 3, 9: 1 }[isco[0]] ?? 2;
};
const sharedDigits = (a, b) => [0, 1, 2, 3].find((digit) => a[digit] !== b[digit]);
const similarity = (a, b) => {
  const shared = sharedDigits(a, b);
  const structure = [0, 0.2, 0.5, GATHERED.has(a.slice(0, 3)) ? 0.5 : 1][shared];
  const text = Math.min(1, cosine(a, b) / FULL_COSINE);
  const isNamed = named.get(a).has(b) || named.get(b).has(a) ? 1 : 0;
  const apart = Math.abs(skillLevel(a) - skillLevel(b));
  const level = apart === 0 ? 1 : apart === 1 ? 0.8 : 0.5;
  return level * Math.min(1, 0.3 * structure + 0.5 * text + 0.2 * isNamed);
};

const codes = groups.map(({ CODE }) => CODE).sort();
const lines = ['isco,near,similarity'];
const shares = [0, 1, 2, 3].map(() => ({ pairs: 0, viable: 0, highly: 0 }));
for (const isco of codes) {
  const others = codes
    .filter((other) => other !== isco)
    .map((near) => ({ near, value: Math.round(similarity(isco, near) * 1000) / 1000 }))
    .sort((a, b) => b.value - a.value || (a.near < b.near ? -1 : 1));
  for (const { near, value } of others) {
    const share = shares[sharedDigits(isco, near)];
    share.pairs += 1;
    if (value >= VIABLE) share.viable += 1;
    if (value >= HIGHLY_VIABLE) share.highly += 1;
  }
  for (const [index, { near, value }] of others.entries()) {
    if (index < NEAREST || value >= VIABLE) lines.push(`${isco},${near},${value.toFixed(3)}`);
  }
}
writeFileSync(join(import.meta.dirname, '../data/occupations/near-occupations.csv'), `${lines.join('\n')}\n`);
console.log(`${codes.length} unit groups, ${lines.length - 1} rows.`);
for (const [digits, { pairs, viable, highly }] of shares.entries()) {
  const percent = (part) => `${((100 * part) / pairs).toFixed(1)} %`;
  console.log(`${digits} digits shared: viable ${percent(viable)}, highly viable ${percent(highly)}`);
}
