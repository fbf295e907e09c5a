import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { makeTestFolder } from './engine-under-test.ts'

/** A real disk in a file, for what a disk does when it fails. */
export interface FailingDisk {
  readonly folder: string
  /** What ext4 does to itself on an error: from now on it can only be read, by files that are open as well. */
  fail(): void
  /** Takes it out, which works only where nobody has a file of it open; checks it, and puts it back. */
  mend(): void
}

const BYTES = 8 * 2 ** 20

/** undefined where the system does not let us have one: it takes root on Linux, and ext4's tools. */
export async function mountFailingDisk(): Promise<FailingDisk | undefined> {
  const [image, folder] = [join(await makeTestFolder(), 'image'), join(await makeTestFolder(), 'disk')]
  writeFileSync(image, Buffer.alloc(BYTES))
  await mkdir(folder)
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' })
  const mount = () => run('mount', '-t', 'ext4', '-o', 'loop', image, folder)
  try {
    run('mkfs.ext4', '-q', '-F', image)
    mount()
  } catch {
    return undefined
  }
  onTestFinished(() => void run('umount', '-l', folder))
  return {
    folder,
    fail: () => void run('mount', '-o', 'remount,abort', folder),
    mend() {
      run('umount', folder)
      // Its answer 1 says that there was something to mend.
      execFileSync('sh', ['-c', 'e2fsck -fy "$1" > /dev/null 2>&1; test $? -le 1', 'sh', image])
      mount()
    },
  }
}
