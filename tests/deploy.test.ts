import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { migrations } from '../src/store/migrations.ts'

const root = join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Everything that the code reads settings with, as one text. */
const code = ['src', 'adapters']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((f) => join(folder, f)),
  )
  .filter((file) => file.endsWith('.ts'))
  .map(read)
  .join('\n')
const isRead = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(code)

interface Container {
  env?: { name: string; value?: string }[]
  envFrom?: { configMapRef: { name: string } }[]
  readinessProbe: { httpGet: { path: string } }
  securityContext: { readOnlyRootFilesystem: boolean }
}
interface Manifest {
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  spec: {
    replicas?: number
    selector: { matchLabels: object }
    template: { metadata: { labels: object }; spec: { containers: Container[] } }
  }
}

const manifests = readdirSync(join(root, 'deploy/kubernetes')).flatMap((file) =>
  parseAllDocuments(read(`deploy/kubernetes/${file}`)).map((document) => {
    if ('errors' in document) expect(document.errors).toEqual([])
    return document.toJS() as Manifest
  }),
)
const workloads = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')

interface Compose {
  services: Record<string, { image: string; environment: Record<string, string>; profiles?: string[] }>
}
const compose = parse(read('deploy/compose.yaml'), { merge: true }) as Compose
const bots = Object.values(compose.services).filter(({ image }) => image === 'ai-career-bot')

describe('deploy/', () => {
  it('sets nothing that the code does not read, and docs/deploy.md explains all of it', () => {
    const values = new Map<string, string>()
    for (const { environment } of bots)
      for (const [name, value] of Object.entries(environment)) values.set(name, String(value))
    for (const { data = {} } of manifests)
      for (const [name, value] of Object.entries(data)) values.set(name, value)
    for (const { spec } of workloads)
      for (const { env = [] } of spec.template.spec.containers)
        for (const { name, value = '' } of env) values.set(name, value)
    // Some only help to make up the value of another one.
    const parts = new Set(
      [...values.values()].flatMap((value) => [...value.matchAll(/\$\((\w+)\)/g)].map(([, name]) => name)),
    )
    const names = [...values.keys()].filter((name) => !parts.has(name))
    expect(names).toEqual(
      expect.arrayContaining(['PORT', 'DATABASE_URL', 'DISCORD_SHARDS', 'SLACK_BOT_TOKEN']),
    )
    expect(names.filter((name) => !isRead(name))).toEqual([])
    const explained = read('docs/deploy.md')
    expect(names.filter((name) => !explained.includes(`\`${name}\``))).toEqual([])
  })

  it('names in .env.example only what the code reads', () => {
    const names = [...read('.env.example').matchAll(/^([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => !isRead(name))).toEqual([])
  })

  it('gives every shard to exactly one process', () => {
    const shares = bots
      .map(({ environment }) => environment.DISCORD_SHARDS)
      .filter((share) => share !== undefined)
    const total = shares.length
    expect(shares.toSorted()).toEqual(Array.from({ length: total }, (_, i) => `${i}/${total}`))
    const pods = workloads.find(({ kind }) => kind === 'StatefulSet')
    const env = pods?.spec.template.spec.containers[0]?.env ?? []
    expect(env.find(({ name }) => name === 'DISCORD_SHARDS')?.value).toBe(
      `$(POD_INDEX)/${pods?.spec.replicas}`,
    )
  })

  it('gives each service the secrets of its own platform only', () => {
    for (const { environment, profiles = [] } of bots) {
      const platform = profiles[0]?.toUpperCase() ?? ''
      const others = Object.keys(environment).filter(
        (name) => /^(?:DISCORD|SLACK)_/.test(name) && !name.startsWith(platform),
      )
      expect(others).toEqual([])
    }
  })

  it('selects its own pods, asks whether they are ready and lets them write nowhere', () => {
    expect(workloads).toHaveLength(2)
    const maps = manifests.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name)
    for (const { spec } of workloads) {
      expect(spec.selector.matchLabels).toEqual(spec.template.metadata.labels)
      for (const container of spec.template.spec.containers) {
        expect(container.readinessProbe.httpGet.path).toBe('/readyz')
        expect(container.securityContext.readOnlyRootFilesystem).toBe(true)
        for (const { configMapRef } of container.envFrom ?? []) expect(maps).toContain(configMapRef.name)
      }
    }
  })

  it('has an image that is not run by root and holds what the bot needs', () => {
    const image =
      read('Dockerfile')
        .split(/^FROM /m)
        .at(-1) ?? ''
    expect(image).toMatch(/^USER [1-9]\d*$/m)
    expect(image).toMatch(/^HEALTHCHECK /m)
    for (const part of ['assets', 'content', 'dist', 'node_modules', 'package.json'])
      expect(image).toMatch(new RegExp(`^COPY .*\\b${part}\\b`, 'm'))
  })
})

it('docs/privacy.md tells of every table', async () => {
  const tables = new Set<string>()
  const { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, DummyDriver } = await import(
    'kysely'
  )
  const db = new Kysely<unknown>({
    log: ({ query }) => {
      const [, name] = /^create table "(\w+)"/.exec(query.sql) ?? []
      if (name !== undefined) tables.add(name)
    },
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (own) => new SqliteIntrospector(own),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  for (const { up } of Object.values(migrations)) await up(db)
  expect(tables).toContain('feedback')
  const told = read('docs/privacy.md')
  expect([...tables].filter((name) => !told.includes(`\`${name}\``))).toEqual([])
})
