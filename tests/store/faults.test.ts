import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readSettings, StoreError } from '../../src/index.ts'
import { createStore, type StoreConfig } from '../../src/store/create-store.ts'
import { postgresFault } from '../../src/store/postgres.ts'
import { folderOf } from '../folder.ts'
import { embeddedPlace, type Place, places, postgresPlace, testDatabaseUrl } from './databases.ts'

async function faultOf(config: StoreConfig): Promise<StoreError> {
  const store = createStore(config)
  onTestFinished(() => store.close())
  const fault = await store.members.get('ann').then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(fault).toBeInstanceOf(StoreError)
  return fault as StoreError
}

describe('a fault names the setting and the fix:', () => {
  it('a folder that is a file', async () => {
    const folder = folderOf({ data: 'text' })
    const { message } = await faultOf({ dataDir: join(folder, 'data') })
    expect(message).toMatch(
      /^DATA_DIR: the folder .*data cannot be used \(EEXIST\); name a folder that this user may write/,
    )
  })

  it.skipIf(process.platform !== 'linux')('a folder in one that takes none', async () => {
    expect((await faultOf({ dataDir: '/proc/careers/data' })).message).toMatch(
      /^DATA_DIR: the folder .*data cannot be used \(ENOENT\)/,
    )
  })

  it('a folder where the file should be', async () => {
    const folder = folderOf({})
    mkdirSync(join(folder, 'careers.db'))
    expect((await faultOf({ dataDir: folder })).message).toMatch(/^DATA_DIR: the folder .* cannot be used/)
  })

  it('a file that is no database', async () => {
    const folder = folderOf({ 'careers.db': 'no database '.repeat(1000) })
    expect((await faultOf({ dataDir: folder })).message).toMatch(
      /^DATA_DIR: .*careers\.db is damaged or no database; put a copy in its place, or move it away/,
    )
  })

  it('a damaged database', async () => {
    const folder = folderOf({})
    const store = createStore({ dataDir: folder })
    await store.members.set('ann', { progress: 'x'.repeat(100_000) })
    await store.close()
    writeFileSync(join(folder, 'careers.db'), Buffer.alloc(50_000, 7), { flag: 'r+' })
    expect((await faultOf({ dataDir: folder })).message).toMatch(/is damaged or no database/)
  })

  it.each(places)('a newer program used %s', async (_, open) => {
    const place = await open()
    onTestFinished(() => place.close())
    const store = place.open()
    await store.members.get('ann')
    await store.close()
    await addMigration(place)
    expect((await faultOf(place.config)).message).toMatch(
      /^DATABASE_URL, DATA_DIR: the database was last used by a newer version/,
    )
  })

  it('no server', async () => {
    const { message } = await faultOf({ dataDir: '', databaseUrl: 'postgres://ann:s3cret@127.0.0.1:9/bot' })
    expect(message).toBe(
      'DATABASE_URL: there is no PostgreSQL at 127.0.0.1:9 (ECONNREFUSED); start it, or correct host and port',
    )
  })

  it('a server that says nothing', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const { message } = await faultOf({
      dataDir: '',
      databaseUrl: `postgres://ann:s3cret@127.0.0.1:${port}/bot`,
    })
    expect(message).toMatch(/^DATABASE_URL: PostgreSQL at 127\.0\.0\.1:\d+: .*timeout/)
  })

  it.runIf(testDatabaseUrl)('no such database, and no such schema', async () => {
    const url = new URL(testDatabaseUrl ?? '')
    url.pathname = '/not_there'
    expect((await faultOf({ dataDir: '', databaseUrl: url.href })).message).toMatch(
      /^DATABASE_URL: PostgreSQL at .* has no database "not_there"; create it: createdb not_there/,
    )
    url.pathname = new URL(testDatabaseUrl ?? '').pathname
    url.searchParams.set('options', '-c search_path=not_there')
    expect((await faultOf({ dataDir: '', databaseUrl: url.href })).message).toMatch(
      /^DATABASE_URL: the schema of its search_path is not there/,
    )
  })

  it.each([
    ['28P01', /does not let "ann" in; correct user and password/],
    ['28000', /does not let "ann" in/],
    ['42501', /"ann" may not do that in "bot" .*grant CREATE on the schema/],
    ['53300', /has no connection left; raise max_connections/],
    ['ENOTFOUND', /there is no PostgreSQL at db\.example:5432 \(ENOTFOUND\)/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /no safe connection to db\.example:5432: .*set sslmode/],
    ['XX000', /PostgreSQL at db\.example:5432: certificate|no safe connection/],
  ])('%s, without the password', (code, expected) => {
    const url = 'postgres://ann:p%40ss%20word@db.example:5432/bot'
    const said = 'certificate of ann p%40ss%20word p@ss word'
    const { message } = postgresFault(Object.assign(new Error(said), { code }), url)
    expect(message).toMatch(expected)
    expect(message).toMatch(/^DATABASE_URL: /)
    expect(message).not.toMatch(/p@ss word|p%40ss/)
  })

  it('data that the database refuses may not pass by itself; everything else may', () => {
    const fault = (code: string) => postgresFault(Object.assign(new Error('x'), { code }), 'postgres://a/b')
    expect(['22021', '23505'].map((code) => fault(code).mayPass)).toEqual([false, false])
    expect(['57P01', '40001', 'ECONNRESET'].map((code) => fault(code).mayPass)).toEqual([true, true, true])
  })

  it('nothing is stored after the end', async () => {
    const place = await embeddedPlace()
    onTestFinished(() => place.close())
    const store = place.open()
    await store.close()
    await store.close()
    await expect(store.members.get('ann')).rejects.toThrow(/the database is closed/)
  })
})

/** As the next version would leave the database. */
async function addMigration(place: Place): Promise<void> {
  if (place.config.databaseUrl === undefined) {
    const database = new Libsql(join(place.config.dataDir, 'careers.db'))
    database.exec("insert into careers_migration values ('0099-later', '2030-01-01T00:00:00.000Z')")
    database.close()
    return
  }
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: place.config.databaseUrl })
  await client.connect()
  await client.query("insert into careers_migration values ('0099-later', '2030-01-01T00:00:00.000Z')")
  await client.end()
}

describe('settings of the store', () => {
  it.each([
    ['DATABASE_URL', 'mysql://a:s3cret@b/c', /^DATABASE_URL: it has to look like postgres:\/\/.* \(mend it/],
    ['DATABASE_URL', 'postgres://a:s3c#ret@:x/c', /^DATABASE_URL: it has to look like/],
    ['ENCRYPTION_KEY', 's3cret', /^ENCRYPTION_KEY: it has to be 64 hexadecimal digits; make one with/],
    ['QUESTION_LOG_DAYS', 'for s3cret ever', /^QUESTION_LOG_DAYS: it is a number of days, or 0/],
  ])('%s that is "%s" is refused without being repeated', async (name, value, expected) => {
    const settings = await readSettings({ [name]: value })
    expect('problems' in settings && settings.problems).toEqual([expect.stringMatching(expected)])
    expect(JSON.stringify(settings)).not.toMatch(/s3c/)
  })

  it('are read', async () => {
    const encryptionKey = 'aB'.repeat(32)
    const databaseUrl = 'postgresql:///bot?host=/run/postgresql&password=p%40ss'
    const read = await readSettings({
      DATABASE_URL: ` ${databaseUrl} `,
      ENCRYPTION_KEY: encryptionKey,
      QUESTION_LOG_DAYS: '30',
    })
    expect(read).toMatchObject({ databaseUrl, encryptionKey, questionLogDays: 30, dataDir: 'data' })
  })
})

it.runIf(testDatabaseUrl)('what another program keeps in the same database is left alone', async () => {
  const [one, other] = [await postgresPlace(), await postgresPlace()]
  onTestFinished(() => Promise.all([one.close(), other.close()]).then(() => {}))
  for (const place of [one, other]) {
    const store = place.open()
    await store.members.set('ann', { progress: place.config.databaseUrl })
    expect(await store.members.get('ann')).toEqual({ progress: place.config.databaseUrl })
    await store.close()
  }
})
