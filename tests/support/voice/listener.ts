import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Page } from 'puppeteer-core'
import type { Locale } from '@/lib/i18n/locales'
import { launchFirefox } from '@/tests/support/engines/puppets'

/** Somebody at a keyboard, before Firefox, who hears Orca and sees nothing. */
export type SpeechListener = {
  page: Page
  /** Presses keys by the names of X, one after another. */
  press(...keys: string[]): Promise<void>
  type(text: string): Promise<void>
  /** What was said since the last time, once there has been silence for a while; longer where a page is to be read first. */
  hear(silence?: number): Promise<string[]>
  stop(): Promise<void>
}

const customizations = `import orca.settings as settings
settings.speechServerFactory = 'tape'
settings.enableBraille = settings.enableSound = settings.enableKeyEcho = False
`

/** What a person has: no driver's shortcuts for the focus, no barrier before assistive technology, nothing of Firefox's own. */
const preferences = {
  'accessibility.force_disabled': -1,
  'focusmanager.testmode': false,
  'remote.prefs.recommended': false,
  'signon.rememberSignons': false,
  'layout.spellcheckDefault': 0,
  'ui.prefersReducedMotion': 1,
  'termsofuse.bypassNotification': true,
  'widget.use-xdg-desktop-portal.settings': 0,
}

/** Starts a screen, Orca in a language, and Firefox on a page. Debian’s packages are in docs/changing.md. */
export async function startListener(locale: Locale, url: string): Promise<SpeechListener> {
  const home = await mkdtemp(join(tmpdir(), 'voice-'))
  const tape = join(home, 'tape')
  const log = join(home, 'orca.log')
  await mkdir(join(home, '.local/share/orca'), { recursive: true })
  await mkdir(join(home, 'run'), { mode: 0o700 })
  await writeFile(join(home, '.local/share/orca/orca-customizations.py'), customizations)
  for (const file of [tape, log]) await writeFile(file, '')

  const programs: ChildProcess[] = []
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    HOME: home,
    XDG_RUNTIME_DIR: join(home, 'run'),
    LANG: 'C.UTF-8',
    LANGUAGE: locale,
    PYTHONPATH: resolve('tests/support/voice'),
    PYTHONDONTWRITEBYTECODE: '1',
    ORCA_TAPE: tape,
    GNOME_ACCESSIBILITY: '1',
    GTK_MODULES: 'gail:atk-bridge',
    NO_AT_BRIDGE: '0',
    GTK_USE_PORTAL: '0',
  }
  const start = (program: string, ...parameters: string[]) => {
    const child = spawn(program, parameters, { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true })
    programs.push(child)
    return child
  }
  /** The first line that a program writes, which says where it is to be found. */
  const startAndRead = async (program: string, ...parameters: string[]) => {
    const [line] = await once(start(program, ...parameters).stdout, 'data')
    return String(line).trim()
  }
  const kill = () => {
    for (const { pid = 0, exitCode } of programs.splice(0)) if (exitCode === null) process.kill(-pid, 'SIGKILL')
  }
  process.once('exit', kill)

  env.DISPLAY = `:${await startAndRead('Xvfb', '-displayfd', '1', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp')}`
  env.DBUS_SESSION_BUS_ADDRESS = await startAndRead('dbus-daemon', '--session', '--nofork', '--print-address=1')
  start('/usr/libexec/at-spi-bus-launcher', '--launch-immediately')
  await sleep(500)
  const orca = start('orca', `--debug-file=${log}`)
  while ((await stat(tape)).size === 0) {
    // Two cannot run on one machine.
    if (orca.exitCode !== null) throw new Error('Orca ended: is another one running?')
    await sleep(100)
  }

  const browser = await launchFirefox({
    headless: false,
    // Opened any other way, the first page leaves the focus to the address bar.
    args: ['--kiosk', url],
    env,
    extraPrefsFirefox: preferences,
  })
  const [page = await browser.newPage()] = await browser.pages()
  const xdotool = async (...parameters: string[]) => (await promisify(execFile)('xdotool', parameters, { env })).stdout
  const [window = ''] = (await xdotool('search', '--sync', '--onlyvisible', '--class', 'firefox')).split('\n')
  await xdotool('windowfocus', window)

  let heard = 0
  /** Orca writes into its log whatever it is busy with, so silence is when both files rest. */
  const waitFor = async (silence: number) => {
    let size = -1
    let since = Date.now()
    for (const end = Date.now() + 60_000; Date.now() < end && Date.now() - since < silence; await sleep(100)) {
      const now = (await stat(tape)).size + (await stat(log)).size
      if (now !== size) since = Date.now()
      size = now
    }
  }
  return {
    page,
    press: async (...keys) => void (await xdotool('key', '--clearmodifiers', ...keys)),
    type: async (text) => void (await xdotool('type', '--delay', '60', text)),
    hear: async (silence = 1500) => {
      await waitFor(silence)
      const lines = (await readFile(tape, 'utf8')).trimEnd().split('\n')
      const fresh = lines.slice(heard).map((line) => String(JSON.parse(line)))
      heard = lines.length
      return fresh
    },
    stop: async () => {
      await browser.close()
      kill()
      process.off('exit', kill)
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
