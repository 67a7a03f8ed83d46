import { join } from 'node:path'
import Libsql from 'libsql'

/** Every row of every table of an embedded database, a line each; `data:export` leaves out what only lasts a while. */
export function dumpOf(dataDir: string): string[] {
  const database = new Libsql(join(dataDir, 'careers.db'), { timeout: 5_000 })
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all() as {
      name: string
    }[]
    return tables.flatMap(({ name }) =>
      database
        .prepare(`select * from "${name}"`)
        .all()
        .map((row) => `${name} ${JSON.stringify(row)}`),
    )
  } finally {
    database.close()
  }
}
