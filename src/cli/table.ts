/** Plain text columns: the first is aligned left, numbers right. Widths count characters, not bytes. */
export function textTable(header: string[], lines: (string | number)[][]): string {
  const cells = [header, ...lines].map((line) => line.map((cell) => String(cell)));
  const widths = header.map((_, column) => Math.max(...cells.map((line) => [...(line[column] ?? '')].length)));
  const isNumber = header.map((_, column) =>
    lines.every((line) => typeof line[column] === 'number' || line[column] === ''),
  );
  const pad = (text: string, column: number): string => {
    const gap = ' '.repeat(widths[column]! - [...text].length);
    return isNumber[column] ? gap + text : text + gap;
  };
  return cells.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
