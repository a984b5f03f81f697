import type { ReactNode } from 'react'
import { Button, Link, Section, Text } from 'react-email'
import type { Asked } from '@/lib/mail/letter'
import { look } from '@/lib/mail/templates/look'
import type { Words } from '@/lib/mail/translator'

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={look.text}>
      {children}
    </Text>
  )
}

/** What is good to know about a button, under it. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <Text className="small" style={look.note}>
      {children}
    </Text>
  )
}

/** What there is to do, or, quietly, what there is to do for whom it was not. The text part has the link under the label. */
export function Action({ href, label, quiet = false }: { href: string; label: string; quiet?: boolean }) {
  return (
    <div style={look.action}>
      <Button className={quiet ? 'button quiet' : 'button'} href={href} style={quiet ? look.quietButton : look.button}>
        {label}
      </Button>
    </div>
  )
}

/** The end of a mail: its link for programs that show no button. The text part has it already. */
export function LinkToCopy({ href, words: { t } }: { href: string; words: Words }) {
  return (
    <Section className="line" style={look.end} data-skip-in-text="true">
      <Text className="small" style={look.small}>
        {t('common.linkToCopy')}
      </Text>
      <BareLink href={href} />
    </Section>
  )
}

/** A link that shows where it leads, isolated from the direction of the text around it. */
export function BareLink({ href }: { href: string }) {
  return (
    <div className="small" style={look.bareLink}>
      <bdi dir="ltr">
        <Link href={href} style={look.link}>
          {href}
        </Link>
      </bdi>
    </div>
  )
}

/** How long a link works, by a clock and by its lifetime in seconds, for a clock may be another one than the reader's. */
export function Lifetime({ seconds, validUntil, words, children }: LifetimeProps) {
  const { t, when, duration } = words
  return (
    <Note>
      {t('common.validUntil', { duration: duration(seconds), when: when(validUntil) })} {children}
    </Note>
  )
}

type LifetimeProps = { seconds: number; validUntil: string; words: Words; children: ReactNode }

/** When something was done (`label` says what) and from which device. */
export function Facts({ label, asked, words }: { label: string; asked: Asked; words: Words }) {
  const { t, when, device } = words
  return (
    <Section className="panel" style={look.facts}>
      <Text className="ink" style={look.fact}>
        <Fact label={label} value={when(asked.at)} words={words} />
        <br />
        <Fact label={t('common.doneFrom')} value={device(asked.device)} words={words} />
      </Text>
    </Section>
  )
}

/** When and from what device it was asked, and what to do if it was somebody else. */
export function Origin({ asked, ignore, words }: { asked: Asked; ignore: string; words: Words }) {
  return (
    <>
      <Facts label={words.t('common.askedAt')} asked={asked} words={words} />
      <Paragraph>
        <strong>{words.t('common.notYou')}</strong> {ignore}
      </Paragraph>
    </>
  )
}

function Fact({ label, value, words }: { label: string; value: string; words: Words }) {
  return (
    <>
      <span className="small" style={look.label}>
        {label}
      </span>{' '}
      <bdi dir={words.direction}>{value}</bdi>
    </>
  )
}
