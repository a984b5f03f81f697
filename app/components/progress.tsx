import { getTranslations } from 'next-intl/server'

const steps = 4

/** How far somebody is on the way to a new password: asked, sent, chosen, done. */
export async function Progress({ step }: { step: number }) {
  const t = await getTranslations('site')
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-soft">{t('step', { step, steps })}</p>
      <svg className="bar" viewBox={`0 0 ${steps} 1`} preserveAspectRatio="none" aria-hidden="true">
        <path strokeDasharray=".98 .02" d={`M0 .5h${steps}`} />
        <path strokeDasharray=".98 .02" d={`M0 .5h${step}`} />
      </svg>
    </div>
  )
}
