import { behaviours } from '@/tests/support/resend/behaviour'
import { startFakeResend } from '@/tests/support/resend/fake-resend'

// tsx tests/timing/provider.ts <mood>: the imitation of Resend in a process of its own, so that its work is not measured.
export type Mood = 'well' | 'slow' | 'failing' | 'down' | 'by turns'

const resend = await startFakeResend()
const [, , mood] = process.argv
const slow = behaviours.delay(3_000)
const turns = [slow, behaviours.serverError, behaviours.acceptThenDestroy] as const
if (mood === 'slow') resend.behave(slow)
if (mood === 'failing') resend.behave(behaviours.serverError)
if (mood === 'by turns') resend.behave((_, index) => turns[index % turns.length] ?? slow)
process.send?.(resend.url)
process.once('disconnect', () => process.exit())
if (mood === 'down') process.disconnect()
