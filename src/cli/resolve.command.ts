import { InvalidArgumentError } from 'commander';
import { createReadStream, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { parse as parseStream } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { fromRoot } from '../config/paths.js';
import { translate } from '../i18n/i18n.js';
import { titleModel } from '../occupations/resolver/model-file.js';
import { wordsKey } from '../occupations/resolver/specialisations.js';
import { type Resolution, TitleResolver } from '../occupations/resolver/title-resolver.js';
import { unitGroups } from '../occupations/unit-groups.js';
import { isArea, sectorOfArea } from '../reference/sectors.js';
import { Problem } from '../shared/problem.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

interface Options {
  area?: number;
  file?: string;
  json?: boolean;
}

function asArea(value: string): number {
  if (!isArea(Number(value))) throw new InvalidArgumentError('An area of Enbek, 101 to 125.');
  return Number(value);
}

/** Titles to occupations from the command line, by the model alone: no database and no network, so no corrections either. */
export const addResolveCommand: AddCommand = (program, environment) => {
  program
    .command('resolve [title]')
    .description(
      'the ISCO-08 unit group of a vacancy or profile title in Kazakh, Russian or English, by the built model alone: what officers corrected on the site is not asked for',
    )
    .option('--area <id>', 'area of the vacancy (101–125), as evidence', asArea)
    .option(
      '--file <csv>',
      'titles of a CSV file with the columns title and, if known, profobl; one line each, in their order',
    )
    .option('--json', 'print JSON: one object, or one line for each title of a file')
    .action(async (title: string | undefined, { area, file, json }: Options) => {
      if ((title === undefined) === (file === undefined)) throw new Problem('cli.resolve.one_of', 400);
      const { resolver, names } = openResolver();
      const answer = (text: string, areaId: number | null): Resolution & { title: string } => ({
        title: text,
        ...resolver.resolve({ title: text, sector: sectorOrNull(areaId) }),
      });
      const line = ({
        title: text,
        isco,
        confidence,
        sure,
        specialisation,
      }: Resolution & { title: string }): (string | number)[] => [
        text,
        isco ?? '–',
        isco === null ? '' : (names.get(isco) ?? ''),
        confidence.toFixed(2),
        sure ? 'sure' : 'unsure',
        specialisation === null ? '' : translate('en', wordsKey(specialisation)),
      ];
      const HEAD = ['Title', 'ISCO', 'Occupation', 'Confidence', '', 'Specialisation'];
      if (title !== undefined) {
        const found = answer(title, area ?? null);
        const guesses = found.alternatives.map(({ isco, confidence }) =>
          line({ ...found, title: '', isco, confidence, sure: false, specialisation: null }),
        );
        environment.print(json ? JSON.stringify(found) : textTable(HEAD, [line(found), ...guesses]));
        return;
      }
      const lines: (string | number)[][] = [];
      let unknownAreas = 0;
      for await (const row of titlesIn(file!)) {
        if (environment.signal.aborted) return;
        if (row.areaId === null && row.area !== '') unknownAreas += 1;
        const found = answer(row.title, area ?? row.areaId);
        if (json) environment.print(JSON.stringify(found));
        else lines.push(line(found));
      }
      if (!json) environment.print(textTable(HEAD, lines));
      if (unknownAreas > 0) {
        environment.remark(translate(environment.language, 'cli.resolve.unknown_areas', { count: unknownAreas }));
      }
    });
};

const sectorOrNull = (areaId: number | null): string | null => {
  const sector = sectorOfArea(areaId);
  return sector === 'unstated' ? null : sector;
};

function openResolver(): { resolver: TitleResolver; names: ReadonlyMap<string, string> } {
  const groups = unitGroups();
  const sectors = new Map(groups.map(({ isco, sector }) => [isco, sector]));
  const resolver = new TitleResolver(titleModel(), (isco) => sectors.get(isco) ?? null);
  return { resolver, names: new Map(groups.map((group) => [group.isco, group.name])) };
}

/** Areas by their number and by their names, as feeds and people write them. */
function areasByName(): Map<string, number> {
  const areas: Record<string, string>[] = parse(readFileSync(fromRoot('data', 'areas.csv')), { columns: true });
  return new Map(
    areas.flatMap((area) =>
      ['id', 'name_ru', 'name_kk', 'name_en'].map(
        (column) => [area[column]!.toLowerCase(), Number(area['id'])] as const,
      ),
    ),
  );
}

/** What stands between the columns of a file, by its first line; nothing in a file of one column, whose titles may have commas. */
async function delimiterOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(4096) });
    const head = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/u)[0]!;
    return [',', ';', '\t'].find((mark) => head.includes(mark)) ?? '\u001f';
  } finally {
    await handle.close();
  }
}

/** Text of a file's bytes; what is not UTF-8 would be read as titles that mean nothing. */
async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function* titlesIn(file: string): AsyncGenerator<{ title: string; area: string; areaId: number | null }> {
  const areas = areasByName();
  let number = 0;
  try {
    const delimiter = await delimiterOf(file);
    const rows = parseStream({ columns: true, bom: true, delimiter, relax_column_count: true, relax_quotes: true });
    // A file that cannot be read ends the loop below with its fault.
    pipeline(createReadStream(file), decoded, rows, () => undefined);
    for await (const row of rows as AsyncIterable<Record<string, string | undefined>>) {
      number += 1;
      const { title, profobl = '' } = row;
      if (title === undefined) throw new Problem('cli.resolve.no_title_column', 400, { path: file });
      const area = profobl.trim();
      yield { title, area, areaId: areas.get(area.toLowerCase()) ?? null };
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code.startsWith('CSV_')) throw new Problem('cli.resolve.unreadable', 400, { path: file, line: number + 2 });
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new Problem('cli.resolve.not_utf8', 400, { path: file });
    if (['ENOENT', 'EACCES', 'EISDIR'].includes(code)) throw new Problem('file.unreadable', 400);
    throw error;
  }
}
