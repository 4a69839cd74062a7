/** Nobody answered in time. What was asked may still happen. */
export class Late extends Error {
  constructor(withinMs: number) {
    super(`No answer within ${withinMs} ms.`);
    this.name = 'Late';
  }
}

/** The answer, or `Late` when it does not come in time; what comes afterwards is dropped. */
export async function inTime<Answer>(answer: Promise<Answer>, withinMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(withinMs)), withinMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
