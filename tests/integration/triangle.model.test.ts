import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ActorName,
  deeds,
  newWorld,
  type Setting,
  startAfresh,
  takeBack,
  theAccount,
  tryAll,
  type World,
  whoIsIn,
} from '@/tests/support/accounts/triangle'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

/** For how long sequences are looked for that break the laws; `TRIANGLE_SECONDS` asks for a longer search. */
const seconds = Number(process.env.TRIANGLE_SECONDS ?? 15)
const numRuns = Math.ceil(seconds)

test('whatever owner, thief, holder of the former mailbox and stranger do, the owner gets back and nobody else stays', async () => {
  const deadline = performance.now() + seconds * 1_000
  let looked = 0
  await fc.assert(
    fc.asyncProperty(settings(false), sequences, async (setting, commands) => {
      if (performance.now() > deadline) return
      looked += 1
      const world = await play(setting, commands)
      await expectOwnerGetsBack(world)
      for (const name of ['thief', 'holder', 'stranger'] as const) await tryAll(world, world[name])
      expect(await whoIsIn(world)).not.toContain('thief')
      await expectLaws(world)
      await expectOwnerGetsBack(world)
    }),
    { numRuns },
  )
  expect(looked).toBeGreaterThan(1)
})

test('if the link of the former mailbox did not ask for the password, the same laws would break', async () => {
  const { errorInstance } = await fc.check(
    fc.asyncProperty(settings(true), sequences, async (setting, commands) => {
      const world = await play({ ...setting, hasMovedAway: true }, commands)
      await tryAll(world, world.holder)
      await expectLaws(world)
    }),
    { numRuns, endOnFailure: true },
  )
  expect(String(errorInstance)).toContain('somebody who should not has the account')
})

type Model = object

/** One deed of one of them, after which the laws of every moment hold. */
class Step implements fc.AsyncCommand<Model, World> {
  constructor(
    readonly who: ActorName,
    readonly deed: keyof typeof deeds,
    readonly pick: number,
  ) {}
  check = () => true
  async run(_model: Model, world: World) {
    await startAfresh()
    await deeds[this.deed](world, world[this.who], this.pick)
    await expectLaws(world)
  }
  toString = () => `${this.who} ${this.deed} (${this.pick})`
}

type Deed = keyof typeof deeds
const step = (who: ActorName, ...of: [Deed, ...Deed[]]) =>
  fc.tuple(fc.constantFrom(...of), fc.nat(23)).map(([deed, pick]) => new Step(who, deed, pick))

/** What comes to nothing for somebody is left out, so that most of a sequence does something. */
const sequences = fc.commands(
  [
    step('owner', ...(Object.keys(deeds) as [Deed])),
    step('owner', 'presses a button', 'resets the password', 'opens an account anew'),
    step('thief', 'signs in', 'changes the password', 'resets the password', 'gives a password'),
    step('thief', 'moves the account'),
    step('thief', 'corrects the details', 'changes the password'),
    step('thief', 'presses a button', 'gives a password'),
    step('holder', 'presses a button', 'gives a password', 'resets the password', 'signs in'),
    step('stranger', 'resets the password', 'signs in'),
    step('stranger', 'lets hours pass'),
  ],
  { maxCommands: 10, size: 'max' },
)

const mostly = fc.constantFrom(true, true, false)

function settings(holderKnowsPassword: boolean): fc.Arbitrary<Setting> {
  return fc.record({
    hasMovedAway: fc.boolean(),
    thiefKnows: fc.record({ password: mostly, fields: mostly, session: fc.boolean() }),
    holderKnowsPassword: fc.constant(holderKnowsPassword),
  })
}

async function play(setting: Setting, commands: Iterable<fc.AsyncCommand<Model, World>>): Promise<World> {
  const world = await newWorld(setting)
  await fc.asyncModelRun(() => ({ model: {}, real: world }), commands)
  return world
}

/** At every moment: who never had the password is not in, and the account is not where its owner moved away from. */
async function expectLaws(world: World): Promise<void> {
  const isIn = await whoIsIn(world)
  const { email } = await theAccount(world)
  if (isIn.includes('holder') || isIn.includes('stranger') || email === world.givenUp)
    throw new Error(`somebody who should not has the account: in are ${isIn.join()}`)
}

/** Within the time that links live, and then alone. */
async function expectOwnerGetsBack(world: World): Promise<void> {
  await startAfresh()
  expect(await takeBack(world)).not.toBeNull()
  expect(await whoIsIn(world)).toEqual(['owner'])
  expect(world.owner.mailboxes).toContain((await theAccount(world)).email)
}
