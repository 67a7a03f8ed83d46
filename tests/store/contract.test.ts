import { describe, it } from 'vitest'
import { storeContract } from '../contracts/store.ts'
import { embeddedPlace, pglitePlace, postgresPlace, testDatabaseUrl } from './databases.ts'

storeContract('The embedded database', embeddedPlace)
storeContract('PostgreSQL in this process', pglitePlace)
if (testDatabaseUrl) storeContract('PostgreSQL', () => postgresPlace())
else
  describe('PostgreSQL', () => {
    it.skip('is tested when TEST_DATABASE_URL names one', () => {})
  })
