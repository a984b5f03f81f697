import { Client } from 'pg'

/** Those that grow with the number of people. */
const large = ['Account', 'Credential', 'Session', 'Token', 'Mail', 'Event', 'RateLimit']

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }

/** Of the statements that a database was asked, by the log of its server, those whose plan reads a large table from end to end. */
export async function wholeReadsOf(databaseUrl: string, log: string): Promise<{ seen: number; texts: string[] }> {
  const asked = statementsOf(log, new URL(databaseUrl).pathname.slice(1))
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const texts: string[] = []
  for (const text of asked) {
    const { rows } = await client.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`)
    const read = wholeTables(rows[0]['QUERY PLAN'][0].Plan)
    if (read.length > 0) texts.push(`${read.join(', ')}: ${text.slice(0, 200)}`)
  }
  await client.end()
  return { seen: asked.size, texts }
}

/** The statements with a plan that one database was asked, each once. Their further lines begin with a tab. */
function statementsOf(log: string, database: string): Set<string> {
  const texts = log.split(/\n(?!\t)/).map((entry) => {
    const [, of, text = ''] = /^([^|]*)\|LOG: {2}(?:statement|execute [^:]*): (.*)/s.exec(entry) ?? []
    return of === database ? text.trim().replace(/\s+/g, ' ') : ''
  })
  return new Set(
    texts.filter(
      (text) => /^(SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(text) && !/generate_series|unnest\(string/.test(text),
    ),
  )
}

function wholeTables({ Plans = [], ...plan }: Plan): string[] {
  const relation = plan['Relation Name'] ?? ''
  const own = plan['Node Type'] === 'Seq Scan' && large.includes(relation) ? [relation] : []
  return [...own, ...Plans.flatMap(wholeTables)]
}
