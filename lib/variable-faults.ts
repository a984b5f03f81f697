import { isKnown, type Variable, variables } from '@/lib/variables'

/** Every fault of the variables that are given, each by name, with the reason and the remedy; no value is quoted. */
export function faultsOf(source: Record<string, string | undefined>, deployed: boolean): string[] {
  return Object.entries(variables).flatMap(([name, variable]) => faultOf(name, variable, source, deployed) ?? [])
}

function faultOf(
  name: string,
  { how, unset, judge, isJson }: Variable,
  source: Record<string, string | undefined>,
  deployed: boolean,
): string | null {
  const text = source[name]?.trim()
  const remedy = how.replaceAll('`', '')
  if (!text) return deployed && unset === 'needed' ? `${name} is missing${slip(name, source)}. ${remedy}` : null
  const why = strangeness(isJson ? text.replace(/[\t\r\n]/g, ' ') : text) ?? judge?.(text) ?? null
  return why === null ? null : `${name} is not usable: it ${why}. ${remedy}`
}

/** What comes with a value on its way: from a file, a shell or a page. What stands around it is no harm and not kept. */
function strangeness(text: string): string | null {
  if (/^(["'`]).*\1$/s.test(text)) return 'stands in quotes, which an env file of Docker keeps: write it without'
  if (/[\r\n]/.test(text)) return 'has a line break in it'
  return /[\p{Cc}\u200b\ufeff]/u.test(text) ? 'has a character in it that cannot be seen' : null
}

/** A name that is nearly the missing one may be other software's: it is a hint, and no fault by itself. */
function slip(name: string, source: Record<string, string | undefined>): string {
  const near = Object.keys(source).find(
    (each) => !isKnown(each) && source[each]?.trim() && isNear(bare(each), bare(name)),
  )
  return near === undefined ? '' : `, and ${near}, which is set, is another name`
}

function bare(name: string): string {
  return name.toUpperCase().replace(/[^A-Z\d]/g, '')
}

/** Whether one letter less, more, another or two in the other order make one of the other. */
function isNear(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  const same = [...short].findIndex((letter, place) => letter !== long[place])
  const [rest, longer] = [short, long].map((name) => name.slice(same < 0 ? short.length : same))
  if (rest === undefined || longer === undefined) return false
  const swapped = `${rest[1] ?? ''}${rest[0] ?? ''}${rest.slice(2)}`
  return rest === longer.slice(1) || rest.slice(1) === longer.slice(1) || swapped === longer
}
