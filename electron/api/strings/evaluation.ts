export const EVALUATION_STRINGS = {
  eval: 'Measure a pack: held-out prompts through the program’s own sampling, scored by a judge.',
  options: {
    n: 'prompts of each group',
    best: 'pictures drawn for each prompt, of which the ranker picks one',
    judge: 'folder with a judge and held-out prompts (models/training writes one: stage “evaluation”; default: models/evaluation of the repository)',
    sweep: 'also measure ranker on and off, numbers of steps, strengths and ramps of guidance, orders, and what saving guided passes costs',
    seed: 'of the first prompt’s first picture; the others follow from it',
  },
  noJudge: (folder: string) =>
    `There is no judge in ${folder}. Run this in a clone of the repository, which has one in models/evaluation, or name the folder of another with --judge.`,
  badJudge: (file: string) => `${file} is not as this version of the program reads it. Run the training’s stage “evaluation” again.`,
  judged: 'the judge on real renders',
  drawn: (done: number, total: number, group: string) => `${done}/${total}  ${group}`,
  head: ['all right', 'first picture', 'attributes, of the picked ones'],
  edits: 'edits by instruction',
  editsHead: ['change seen', 'rest kept', 'cases'],
  sweeps: { ranker: 'ranker', steps: 'steps', guidance: 'guidance', ramp: 'guidance ramp', order: 'order', guidanceFrom: 'guidance from', guidanceReuse: 'guidance reuse' },
  frechet: (value: number, count: number) =>
    `Fréchet distance on the judge’s features  ${value.toFixed(1)} (${count} pictures; with fewer than some thousand it is too high)`,
  noFrechet: 'Fréchet distance: too few pictures',
  seconds: (perPrompt: number, perPicture: number) => `${perPrompt.toFixed(1)} s a prompt, ${perPicture.toFixed(2)} s a picture`,
  secondsEach: (seconds: number) => `${seconds.toFixed(2)} s`,
  noReference: 'The pack takes no reference picture: no edits by instruction.',
  noPack: (id: string) => `There is no pack “${id}”. “remask packs list” shows those that are there.`,
  noRanker: 'The pack has no ranker: the first picture counts.',
} as const
