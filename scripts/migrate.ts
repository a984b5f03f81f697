import { migrate } from '@/prisma/migrate'

const applied = await migrate()
console.log(applied.length > 0 ? `Migrated: ${applied.join(', ')}` : 'The database is up to date.')
