import { startFakeResend } from '@/tests/support/fake-resend'
import { behaviours } from '@/tests/support/fake-resend-behaviour'

// tsx tests/timing/provider.ts <mood>: the imitation of Resend in a process of its own, so that its work is not measured.
export type Mood = 'well' | 'slow' | 'failing' | 'down'

const resend = await startFakeResend()
const [, , mood] = process.argv
if (mood === 'slow') resend.behave(behaviours.delay(3_000))
if (mood === 'failing') resend.behave(behaviours.serverError)
process.send?.(resend.url)
process.once('disconnect', () => process.exit())
if (mood === 'down') process.disconnect()
