import { open, type FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { CheckpointError } from './checkpoint-error.ts'

/** Bytes per element of the safetensors dtypes. */
const ELEMENT_BYTES = {
  BOOL: 1, U8: 1, I8: 1, F8_E4M3: 1, F8_E5M2: 1,
  U16: 2, I16: 2, F16: 2, BF16: 2,
  U32: 4, I32: 4, F32: 4,
  U64: 8, I64: 8, F64: 8,
} as const
export type StoredType = keyof typeof ELEMENT_BYTES

/** A tensor where it lies in a safetensors file: little-endian, row-major. */
export interface StoredTensor {
  readonly name: string
  readonly type: StoredType
  readonly dims: readonly number[]
  /** Absolute path. */
  readonly file: string
  /** Of the first element, from the start of the file. */
  readonly offset: number
  readonly byteLength: number
}

/** What a tensor takes in a file. */
export function sizeInBytes(type: StoredType, dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, ELEMENT_BYTES[type])
}

/** The format's own limit (safetensors, `MAX_HEADER_SIZE`): a longer header is an attack or not a header. */
const MAX_HEADER_BYTES = 100_000_000
const LENGTH_BYTES = 8

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)),
  data_offsets: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
})

/**
 * Reads which tensors a safetensors file holds, and checks that the header tells the truth: the tensors fill the data
 * section exactly, none overlaps another, none ends behind the file. No weight is read.
 *
 * @param file  absolute path.
 * @throws {CheckpointError} 'file-unreadable', 'file-truncated' or 'header-invalid'.
 */
export async function readSafetensorsHeader(file: string): Promise<ReadonlyMap<string, StoredTensor>> {
  const { header, dataStart, fileBytes } = await readHeader(file)
  const tensors = parseEntries(header, file).map(([name, entry]) => locateTensor(name, entry, file, dataStart))
  checkLayout(tensors, file, dataStart, fileBytes)
  return new Map(tensors.map((tensor) => [tensor.name, tensor]))
}

/** What a file's header says of itself besides tensors: any strings. @throws {CheckpointError} as `readSafetensorsHeader`. */
export async function readSafetensorsMetadata(file: string): Promise<Readonly<Record<string, string>>> {
  const { header } = await readHeader(file)
  return z.record(z.string(), z.string()).catch({}).parse(header['__metadata__'] ?? {})
}

async function readHeader(file: string): Promise<{ header: Readonly<Record<string, unknown>>; dataStart: number; fileBytes: number }> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new CheckpointError('file-unreadable', file, 'cannot be opened', { cause })
  })
  try {
    const fileBytes = (await handle.stat()).size
    const headerBytes = await readHeaderLength(handle, file, fileBytes)
    const header = parseJson(await readExactly(handle, LENGTH_BYTES, headerBytes), file)
    return { header, dataStart: LENGTH_BYTES + headerBytes, fileBytes }
  } finally {
    await handle.close()
  }
}

/** Reads `byteLength` bytes at `offset`. The buffer is its own, so that it may be viewed as any element type. */
export async function readExactly(handle: FileHandle, offset: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(byteLength)
  for (let done = 0; done < byteLength; ) {
    // One read of more than 2 GiB fails on some systems.
    const { bytesRead } = await handle.read(bytes, done, Math.min(byteLength - done, 2 ** 30), offset + done)
    if (bytesRead === 0) throw new CheckpointError('file-truncated', '', `${byteLength - done} bytes are missing`)
    done += bytesRead
  }
  return bytes
}

async function readHeaderLength(handle: FileHandle, file: string, fileBytes: number): Promise<number> {
  if (fileBytes < LENGTH_BYTES) throw new CheckpointError('file-truncated', file, `only ${fileBytes} bytes`)
  const length = new DataView((await readExactly(handle, 0, LENGTH_BYTES)).buffer).getBigUint64(0, true)
  if (length > MAX_HEADER_BYTES) throw new CheckpointError('header-invalid', file, `a header of ${length} bytes`)
  if (LENGTH_BYTES + Number(length) > fileBytes) {
    throw new CheckpointError('file-truncated', file, `its header has ${length} bytes, the file ${fileBytes}`)
  }
  return Number(length)
}

function parseJson(bytes: Uint8Array, file: string): Readonly<Record<string, unknown>> {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new CheckpointError('header-invalid', file, 'not JSON', { cause })
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new CheckpointError('header-invalid', file, 'not an object')
  }
  return header as Readonly<Record<string, unknown>>
}

function parseEntries(header: Readonly<Record<string, unknown>>, file: string): [string, z.infer<typeof tensorSchema>][] {
  return Object.entries(header).filter(([name]) => name !== '__metadata__').map(([name, entry]) => {
    const parsed = tensorSchema.safeParse(entry)
    if (!parsed.success) {
      throw new CheckpointError('header-invalid', file, `${name}: ${z.prettifyError(parsed.error)}`)
    }
    return [name, parsed.data]
  })
}

function locateTensor(
  name: string,
  { dtype, shape, data_offsets: [begin, end] }: z.infer<typeof tensorSchema>,
  file: string,
  dataStart: number,
): StoredTensor {
  if (!Object.hasOwn(ELEMENT_BYTES, dtype)) {
    throw new CheckpointError('header-invalid', file, `${name} has the unknown type ${dtype}`)
  }
  const type = dtype as StoredType
  const byteLength = end - begin
  const expectedBytes = sizeInBytes(type, shape)
  if (byteLength !== expectedBytes) {
    throw new CheckpointError('header-invalid', file, `${name} needs ${expectedBytes} bytes and has ${byteLength}`)
  }
  return { name, type, dims: shape, file, offset: dataStart + begin, byteLength }
}

/** The format wants the tensors to tile the data section: a hole may hide data, an overlap or a doubled name leaves a hole. */
function checkLayout(tensors: readonly StoredTensor[], file: string, dataStart: number, fileBytes: number): void {
  let position = dataStart
  for (const tensor of tensors.toSorted((a, b) => a.offset - b.offset || a.byteLength - b.byteLength)) {
    if (tensor.offset < position) throw new CheckpointError('header-invalid', file, `${tensor.name} overlaps another tensor`)
    if (tensor.offset > position) throw new CheckpointError('header-invalid', file, `a hole before ${tensor.name}`)
    position = tensor.offset + tensor.byteLength
  }
  if (position > fileBytes) throw new CheckpointError('file-truncated', file, `${position - fileBytes} bytes are missing`)
  if (position < fileBytes) throw new CheckpointError('header-invalid', file, `${fileBytes - position} bytes belong to no tensor`)
}
