import { canonicalEmail } from '@/lib/accounts/canonical'
import { type Answer, type Command, type Typed, UsageError } from '@/scripts/commands/command'
import { examine } from '@/scripts/doctor/examine'
import { sendTestMail } from '@/scripts/doctor/test-mail'

export const doctor: Command = {
  name: 'doctor',
  options: { 'test-mail': { type: 'string', shown: '--test-mail EMAIL' } },
  does: 'Looks at all that the service needs and says how to mend it; with --test-mail it also sends a mail. Code 1 when there is a fault.',
  async run({ options, operator }: Typed): Promise<Answer> {
    const typed = options['test-mail']
    const to = typed === undefined ? null : canonicalEmail(String(typed))?.address
    if (to === undefined) throw new UsageError('--test-mail takes an e-mail.')
    const findings = await examine()
    if (to !== null) findings.push(await sendTestMail(to, operator))
    const width = Math.max(...findings.map(({ check }) => check.length))
    const text = findings.flatMap(({ check, state, seen, remedy }) => [
      `${state.padEnd(7)}  ${check.padEnd(width)}  ${seen}`,
      ...(remedy ? [`${' '.repeat(width + 11)}→ ${remedy}`] : []),
    ])
    const fault = findings.some(({ state }) => state === 'fault')
    return { data: { healthy: !fault, findings }, text, fault }
  },
}
