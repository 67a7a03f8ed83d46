import type { Kysely, Migration } from 'kysely'

/**
 * In the order of their names; one that was released never changes. Texts, `bigint`, `smallint` and `integer` mean the
 * same in all databases.
 */
export const migrations: Record<string, Migration> = {
  '0001-begin': {
    async up(db: Kysely<unknown>) {
      const { schema } = db
      await schema
        .createTable('installations')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute()
      await createRecords(db)
      await schema
        .createTable('profiles')
        .addColumn('member', 'text', (column) => column.primaryKey())
        .addColumn('role', 'text')
        .addColumn('level', 'text')
        .addColumn('progress', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute()
      await schema
        .createTable('settings')
        .addColumn('community', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('settings_key', ['community', 'key'])
        .execute()
      await schema
        .createTable('events')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('until', 'bigint', (column) => column.notNull())
        .execute()
      await schema.createIndex('events_until').on('events').column('until').execute()
    },
  },
  '0002-operation': {
    async up({ schema }: Kysely<unknown>) {
      await schema.alterTable('questions').addColumn('caveat', 'text').execute()
      // As rate-limiter-flexible reads and writes it: the columns in this order.
      await schema
        .createTable('rate_limits')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('points', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('expire', 'bigint')
        .execute()
      await schema.createIndex('rate_limits_expire').on('rate_limits').column('expire').execute()
    },
  },
}

async function createRecords({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('feedback')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('reference', 'text', (column) => column.notNull())
    .addColumn('helpful', 'smallint', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('platform', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
  await schema.createIndex('feedback_at').on('feedback').columns(['at', 'id']).execute()
  await schema
    .createTable('questions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('section', 'text')
    .addColumn('platform', 'text')
    .addColumn('member', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
  await schema.createIndex('questions_at').on('questions').columns(['at', 'id']).execute()
  await schema.createIndex('questions_member').on('questions').column('member').execute()
}
