/** What `bench` says of precisions. */
export const BENCH_STRINGS = {
  precisions: 'only compare the pack’s precisions with the full one: equal tokens by step, pictures in dB',
  stages: 'only time the parts of a picture, in this process: text, a guided step, decoding, all of it, memory',
  size: 'with --stages: width and height in pixels',
  steps: 'with --stages: decode steps of a picture',
  guidance: 'with --stages: how closely to follow the prompt',
  threads: 'with --stages: processor threads; 0 = all cores',
  precision: 'with --stages: which of the pack’s precisions',
  stagesOf: (report: object) =>
    Object.entries(report as Record<string, string | number | null>).map(([name, value]) => `${name.padEnd(18)} ${typeof value === 'number' ? Number(value.toFixed(4)) : value}\n`).join(''),
  onePrecision: (name: string) => `“${name}” has one precision only. Make another with “remask packs precision”.`,
  noFullPrecision: (name: string) =>
    `“${name}” has nothing to compare with: its transformers are in few bits already. Choose a pack in full precision with --pack.`,
  drawn: (done: number, total: number) => `picture ${done + 1} of ${total}`,
  precisionsOf: (packId: string, count: number) => `${packId}, ${count} pictures, against full precision with the same noise`,
  precisionHead: ['', 'equal, first', 'middle', 'last step', 'mean', 'logit error', 'in the end', 'PSNR dB', 'time'],
} as const
